package io.afp.core.lake;

import io.afp.core.definition.AnomalyDef.Quantity;
import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.ColumnType.Kind;
import io.afp.core.definition.Interval;
import io.afp.core.definition.IntervalDef;
import io.afp.core.definition.TableDef;
import io.afp.core.measure.Point;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * What the metadata of a table tells of the time before a check was there, without reading a row.
 *
 * <p>Of a table with intervals it is what each unit has now, by the partitions of its files; of one
 * without, what each commit added. Where files do not say it exactly, because they are not of one
 * unit or have no statistics of the column, there is no point.
 */
public final class HistoryOfFiles {

  private final TableDef definition;
  private final Table table;
  private final ZoneId zone;

  public HistoryOfFiles(TableDef definition, Table table, ZoneId zone) {
    this.definition = definition;
    this.table = table;
    this.zone = zone;
  }

  /**
   * The points of a quantity, oldest first.
   *
   * @param column the column that it is of; empty for the number of rows
   * @param calendar of the units of the table; empty for a table without intervals
   * @param except snapshots that are looked behind
   */
  public List<Point> points(
      Quantity quantity,
      Optional<String> column,
      Optional<IntervalDef> calendar,
      Collection<Long> except) {
    if (definition.write().mode().merges()) {
      return List.of(); // a commit of theirs has rows of other units too
    }
    OfFiles told = new OfFiles(quantity, column.map(name -> table.schema().findField(name)));
    List<Snapshot> before =
        StreamSupport.stream(SnapshotUtil.currentAncestors(table).spliterator(), false)
            .filter(snapshot -> !except.contains(snapshot.snapshotId()))
            .toList();
    if (before.isEmpty()) {
      return List.of();
    }
    return calendar.isPresent()
        ? byUnit(told, calendar.get(), before.get(0))
        : byCommit(told, before);
  }

  private List<Point> byCommit(OfFiles told, List<Snapshot> newestFirst) {
    List<Point> points = new ArrayList<>();
    for (Snapshot snapshot : newestFirst) {
      boolean adds =
          snapshot.operation().equals(DataOperations.APPEND)
              || snapshot.operation().equals(DataOperations.OVERWRITE);
      List<DataFile> files = new ArrayList<>();
      SnapshotChanges.builderFor(table)
          .snapshot(snapshot)
          .build()
          .addedDataFiles()
          .forEach(files::add);
      OptionalDouble value = adds ? told.value(files) : OptionalDouble.empty();
      LocalDateTime at =
          LocalDateTime.ofInstant(Instant.ofEpochMilli(snapshot.timestampMillis()), zone);
      value.ifPresent(v -> points.add(0, new Point("", at, v)));
    }
    return points;
  }

  private List<Point> byUnit(OfFiles told, IntervalDef calendar, Snapshot snapshot) {
    Map<Interval, List<DataFile>> files = new LinkedHashMap<>();
    try (CloseableIterable<FileScanTask> tasks =
        table.newScan().useSnapshot(snapshot.snapshotId()).includeColumnStats().planFiles()) {
      for (FileScanTask task : tasks) {
        Optional<Interval> unit = unit(task, calendar);
        if (unit.isEmpty() || !task.deletes().isEmpty()) {
          return List.of();
        }
        files.computeIfAbsent(unit.get(), u -> new ArrayList<>()).add(task.file().copy());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files.entrySet().stream()
        .flatMap(
            unit ->
                told.value(unit.getValue()).stream().mapToObj(value -> point(unit.getKey(), value)))
        .sorted(Comparator.comparing(Point::at))
        .toList();
  }

  private static Point point(Interval unit, double value) {
    return new Point(unit.label(), unit.localStart(), value);
  }

  /** The unit that all rows of a file lie in, as its partition tells. */
  private Optional<Interval> unit(FileScanTask task, IntervalDef calendar) {
    PartitionSpec spec = task.spec();
    ColumnDef column = definition.intervalColumn().orElseThrow();
    boolean inUtc = calendar.zone().normalized().equals(ZoneOffset.UTC);
    NestedField source = table.schema().findField(column.name());
    if (column.type().kind() == Kind.TIMESTAMP && !inUtc || source == null) {
      return Optional.empty();
    }
    OptionalInt place =
        IntStream.range(0, spec.fields().size())
            .filter(i -> isFine(spec.fields().get(i), source, calendar))
            .findFirst();
    if (place.isEmpty()) {
      return Optional.empty();
    }
    Integer value = task.file().partition().get(place.getAsInt(), Integer.class);
    ChronoUnit length = length(spec.fields().get(place.getAsInt())).orElseThrow();
    return Optional.ofNullable(value)
        .map(v -> LocalDateTime.of(1970, 1, 1, 0, 0).plus(v, length))
        .map(start -> Interval.at(start.atZone(calendar.zone()).toInstant(), calendar));
  }

  private static boolean isFine(PartitionField field, NestedField source, IntervalDef calendar) {
    return field.sourceId() == source.fieldId()
        && length(field)
            .filter(length -> length.compareTo(calendar.unit().chrono()) <= 0)
            .isPresent();
  }

  private static Optional<ChronoUnit> length(PartitionField field) {
    return switch (field.transform().toString()) {
      case "year" -> Optional.of(ChronoUnit.YEARS);
      case "month" -> Optional.of(ChronoUnit.MONTHS);
      case "day" -> Optional.of(ChronoUnit.DAYS);
      case "hour" -> Optional.of(ChronoUnit.HOURS);
      default -> Optional.empty();
    };
  }

  /** A quantity as the statistics of files have it. */
  private record OfFiles(Quantity quantity, Optional<NestedField> column) {

    OptionalDouble value(List<DataFile> files) {
      long rows = files.stream().mapToLong(DataFile::recordCount).sum();
      if (quantity == Quantity.ROWS) {
        return OptionalDouble.of(rows);
      }
      if (rows == 0 || column.isEmpty()) {
        return OptionalDouble.empty();
      }
      return switch (quantity) {
        case COMPLETENESS -> completeness(files, rows);
        case MIN -> extreme(files, Math::min);
        case MAX -> extreme(files, Math::max);
        default -> OptionalDouble.empty();
      };
    }

    private OptionalDouble completeness(List<DataFile> files, long rows) {
      long nulls = 0;
      for (DataFile file : files) {
        Map<Integer, Long> counts = file.nullValueCounts();
        if (counts == null || !counts.containsKey(id())) {
          return OptionalDouble.empty();
        }
        nulls += counts.get(id());
      }
      return OptionalDouble.of((double) (rows - nulls) / rows);
    }

    private OptionalDouble extreme(List<DataFile> files, DoubleBinaryOperator of) {
      OptionalDouble found = OptionalDouble.empty();
      for (DataFile file : files) {
        if (hasNullsOnly(file)) {
          continue;
        }
        Map<Integer, ByteBuffer> bounds =
            quantity == Quantity.MIN ? file.lowerBounds() : file.upperBounds();
        if (bounds == null || bounds.get(id()) == null) {
          return OptionalDouble.empty();
        }
        Number value = Conversions.fromByteBuffer(column.orElseThrow().type(), bounds.get(id()));
        found =
            OptionalDouble.of(
                found.isEmpty()
                    ? value.doubleValue()
                    : of.applyAsDouble(found.getAsDouble(), value.doubleValue()));
      }
      return found;
    }

    private boolean hasNullsOnly(DataFile file) {
      Map<Integer, Long> nulls = file.nullValueCounts();
      return nulls != null && nulls.getOrDefault(id(), 0L) == file.recordCount();
    }

    private int id() {
      return column.orElseThrow().fieldId();
    }
  }
}
