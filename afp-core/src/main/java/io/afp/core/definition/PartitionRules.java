package io.afp.core.definition;

import io.afp.core.definition.ColumnType.Kind;
import io.afp.core.definition.PartitionField.Transform;
import io.afp.core.error.ErrorCode;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A partition transform fits the type of its column, as Iceberg demands. */
final class PartitionRules {

  private static final Set<Kind> TIMES = EnumSet.of(Kind.TIMESTAMP, Kind.TIMESTAMP_NTZ);
  private static final Set<Kind> DATES = EnumSet.of(Kind.DATE, Kind.TIMESTAMP, Kind.TIMESTAMP_NTZ);
  private static final Set<Kind> TRUNCATED =
      EnumSet.of(Kind.INT, Kind.LONG, Kind.DECIMAL, Kind.STRING, Kind.BINARY);
  private static final Set<Kind> BUCKETED =
      EnumSet.complementOf(EnumSet.of(Kind.BOOLEAN, Kind.FLOAT, Kind.DOUBLE));

  private PartitionRules() {}

  static void check(TableContext context) {
    List<PartitionField> fields = context.table().partitionBy();
    for (int i = 0; i < fields.size(); i++) {
      String path = context.item("partition_by", i);
      check(context, path, fields.get(i));
      if (fields.subList(0, i).stream().anyMatch(fields.get(i)::overlaps)) {
        reportTwice(context, path, fields.get(i));
      }
    }
  }

  private static void reportTwice(TableContext context, String path, PartitionField field) {
    context.error(
        ErrorCode.DUPLICATE_NAME,
        path,
        "Cannot partition %s by %s: a partition of that kind is there for %s already"
            .formatted(context.table().name(), field, field.column()),
        "Keep one of the two.");
  }

  private static void check(TableContext context, String path, PartitionField field) {
    context
        .table()
        .column(field.column())
        .filter(column -> !allowed(field.transform()).contains(column.type().kind()))
        .ifPresent(column -> report(context, path, field, column.type()));
  }

  private static void report(
      TableContext context, String path, PartitionField field, ColumnType type) {
    context.error(
        ErrorCode.CONTRADICTION,
        path,
        "Cannot partition %s by %s: the transform does not fit the type (type=%s)"
            .formatted(context.table().name(), field, type),
        "Use a transform that fits, or the column itself.");
  }

  private static Set<Kind> allowed(Transform transform) {
    return switch (transform) {
      case IDENTITY -> EnumSet.allOf(Kind.class);
      case YEAR, MONTH, DAY -> DATES;
      case HOUR -> TIMES;
      case BUCKET -> BUCKETED;
      case TRUNCATE -> TRUNCATED;
    };
  }
}
