package io.afp.core.definition;

import io.afp.core.definition.ColumnType.Kind;
import io.afp.core.definition.WriteDef.OnRerun;
import io.afp.core.definition.WriteDef.WriteMode;
import io.afp.core.error.ErrorCode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An interval that is replaced is made of whole files, because Iceberg can't overwrite a part of
 * one.
 */
final class IntervalRules {

  private static final String COLUMN = "write.interval_column";

  private IntervalRules() {}

  static void check(TableContext context) {
    Optional<ColumnDef> column = context.table().intervalColumn();
    if (column.isEmpty() || context.interval().isEmpty()) {
      return;
    }
    checkUnit(context, column.get(), context.interval().get());
    if (replacesIntervals(context.table().write())) {
      checkPartition(context, column.get(), context.interval().get());
    }
  }

  private static boolean replacesIntervals(WriteDef write) {
    return write.mode() == WriteMode.REPLACE || write.onRerun() == OnRerun.REPLACE;
  }

  private static void checkUnit(TableContext context, ColumnDef column, IntervalDef interval) {
    if (column.type().kind() == Kind.DATE && interval.unit() == IntervalUnit.HOUR) {
      report(
          context,
          COLUMN,
          "column %s is a date and the interval is an hour".formatted(column.name()),
          "Name a column of type timestamp, or write interval.unit: day.");
    }
  }

  private static void checkPartition(TableContext context, ColumnDef column, IntervalDef interval) {
    List<PartitionField> fields =
        context.table().partitionBy().stream()
            .filter(f -> f.column().equals(column.name()) && unit(f).isPresent())
            .toList();
    if (fields.isEmpty()) {
      reportNoPartition(context, column, interval);
    } else if (fields.stream().noneMatch(f -> isAsFine(f, interval))) {
      reportTooFine(context, fields.get(0), interval);
    } else if (!isAligned(fields, column, interval)) {
      reportZone(context, column, interval);
    }
  }

  private static boolean isAsFine(PartitionField field, IntervalDef interval) {
    return unit(field).filter(unit -> unit.compareTo(interval.unit()) <= 0).isPresent();
  }

  /**
   * The time that one partition spans; that of a plain column is at most an hour or the column's
   * own day.
   */
  private static Optional<IntervalUnit> unit(PartitionField field) {
    return switch (field.transform()) {
      case IDENTITY, HOUR -> Optional.of(IntervalUnit.HOUR);
      case DAY -> Optional.of(IntervalUnit.DAY);
      case MONTH -> Optional.of(IntervalUnit.MONTH);
      case YEAR -> Optional.of(IntervalUnit.YEAR);
      case BUCKET, TRUNCATE -> Optional.empty();
    };
  }

  /**
   * Iceberg cuts days, months and years of a timestamp in UTC, so those of another zone end inside
   * a file.
   */
  private static boolean isAligned(
      List<PartitionField> fields, ColumnDef column, IntervalDef interval) {
    boolean utc =
        interval.zone().getRules().isFixedOffset()
            && interval.zone().getRules().getOffset(Instant.EPOCH).getTotalSeconds() == 0;
    boolean byHour =
        fields.stream().flatMap(f -> unit(f).stream()).anyMatch(IntervalUnit.HOUR::equals);
    return utc || byHour || column.type().kind() != Kind.TIMESTAMP;
  }

  private static void reportNoPartition(
      TableContext context, ColumnDef column, IntervalDef interval) {
    String field = name(interval.unit()) + "(" + column.name() + ")";
    reportPart(
        context,
        COLUMN,
        "it is not partitioned by %s".formatted(column.name()),
        "Add %s to partition_by.".formatted(field));
  }

  private static void reportTooFine(
      TableContext context, PartitionField field, IntervalDef interval) {
    String unit = name(interval.unit());
    int index = context.table().partitionBy().indexOf(field);
    reportPart(
        context,
        context.item("partition_by", index),
        "the interval is finer than the partition (interval=%s, partition=%s)"
            .formatted(unit, field),
        "Write partition_by: [%s(%s)], or a coarser interval.unit."
            .formatted(unit, field.column()));
  }

  private static void reportZone(TableContext context, ColumnDef column, IntervalDef interval) {
    reportPart(
        context,
        COLUMN,
        "partitions of a timestamp are cut in UTC (interval.zone=%s)".formatted(interval.zone()),
        "Give %s the type timestamp_ntz or date, partition by hour(%s), or write zone: UTC."
            .formatted(column.name(), column.name()));
  }

  private static void reportPart(TableContext context, String path, String why, String fix) {
    report(context, path, "a part of a file can't be overwritten, and " + why, fix);
  }

  private static void report(TableContext context, String path, String why, String fix) {
    String message = "Cannot replace an interval of %s: %s".formatted(context.table().name(), why);
    context.error(ErrorCode.CONTRADICTION, path, message, fix);
  }

  private static String name(IntervalUnit unit) {
    return unit.word();
  }
}
