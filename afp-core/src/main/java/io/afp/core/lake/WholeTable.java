package io.afp.core.lake;

import io.afp.core.definition.TableDef;
import io.afp.core.ledger.Metric;
import io.afp.core.ledger.Results;
import io.afp.core.ledger.Results.OfSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * The metrics of a whole table as of a snapshot, made of what was measured when its parts were
 * written: of each unit the newest, or all that were added to it. No row is read.
 *
 * <p>They are believed when their number of rows is that of the snapshot. Where it is not, because
 * rows came or went that were not measured, or because rows are merged, nothing is known.
 */
public final class WholeTable {

  private static final String TOTAL_ROWS = "total-records";
  private static final String ROWS = "rows";

  private final TableDef definition;
  private final Table table;
  private final Results results;

  public WholeTable(TableDef definition, Table table, Results results) {
    this.definition = definition;
    this.table = table;
    this.results = results;
  }

  /** Of a unit, or of all of them: what was found so far, and whether that is all. */
  private static final class Parts {
    private final Map<String, List<Metric>> metrics = new HashMap<>();
    private final List<String> units = new ArrayList<>();
    private final Set<String> closed = new HashSet<>();

    void add(List<Metric> ofSnapshot) {
      Set<String> open = units(ofSnapshot);
      open.removeAll(closed);
      units.addAll(open);
      ofSnapshot.stream()
          .filter(metric -> open.contains(metric.unit()))
          .forEach(m -> metrics.computeIfAbsent(m.name(), name -> new ArrayList<>()).add(m));
    }

    void close(List<Metric> ofSnapshot) {
      closed.addAll(units(ofSnapshot));
    }

    private static Set<String> units(List<Metric> metrics) {
      return metrics.stream().map(Metric::unit).collect(Collectors.toSet());
    }

    /** A rule that was not measured in each of them is not known of the whole. */
    Map<String, Metric> sums(Predicate<String> wanted) {
      long number = units.stream().filter(wanted).count();
      Map<String, Metric> sums = new HashMap<>();
      metrics.forEach(
          (name, all) -> {
            List<Metric> parts = all.stream().filter(m -> wanted.test(m.unit())).toList();
            if (parts.size() == number && number > 0) {
              sums.put(name, parts.stream().reduce(Metric::plus).orElseThrow());
            }
          });
      return sums;
    }
  }

  /**
   * What is known.
   *
   * @param metrics by name; one that was not measured in each part is not among them
   * @param unknown why nothing is known; empty where something is
   */
  public record Known(Map<String, Metric> metrics, Optional<String> unknown) {

    private static Known nothing(String reason) {
      return new Known(Map.of(), Optional.of(reason));
    }
  }

  /** What is known of all rows of a snapshot. */
  public Known asOf(long snapshot) {
    return besides(snapshot, Set.of());
  }

  /** What is known of all rows but those of some units. */
  public Known besides(long snapshot, Set<String> units) {
    if (definition.write().mode().merges()) {
      return Known.nothing("its rows are merged, and a commit changes rows of any time");
    }
    if (table.snapshot(snapshot) == null) {
      return Known.nothing("the table has no such snapshot, or not any more");
    }
    List<Snapshot> lineage =
        StreamSupport.stream(
                SnapshotUtil.ancestorsOf(snapshot, table::snapshot).spliterator(), false)
            .toList();
    Parts parts = parts(lineage);
    long total = Long.parseLong(lineage.get(0).summary().getOrDefault(TOTAL_ROWS, "-1"));
    long measured =
        Optional.ofNullable(parts.sums(unit -> true).get(ROWS)).map(Metric::judged).orElse(0L);
    return measured == total
        ? new Known(parts.sums(unit -> !units.contains(unit)), Optional.empty())
        : Known.nothing(
            "of its %d rows %d are known to have been measured when they were written"
                .formatted(total, measured));
  }

  private Parts parts(List<Snapshot> newestFirst) {
    Map<Long, List<Metric>> measured =
        results
            .ofSnapshots(definition, newestFirst.stream().map(Snapshot::snapshotId).toList())
            .stream()
            .collect(
                Collectors.groupingBy(
                    OfSnapshot::snapshot,
                    Collectors.mapping(OfSnapshot::metric, Collectors.toList())));
    Parts parts = new Parts();
    for (Snapshot each : newestFirst) {
      List<Metric> metrics = measured.getOrDefault(each.snapshotId(), List.of());
      parts.add(metrics);
      if (!each.operation().equals(DataOperations.APPEND)) {
        parts.close(metrics);
      }
      if (isEverything(each, metrics)) {
        break;
      }
    }
    return parts;
  }

  /** Whether nothing of the snapshots before is left. */
  private static boolean isEverything(Snapshot snapshot, List<Metric> metrics) {
    boolean none = "0".equals(snapshot.summary().get(TOTAL_ROWS));
    boolean replaced = !snapshot.operation().equals(DataOperations.APPEND);
    return none || replaced && metrics.stream().anyMatch(metric -> metric.unit().equals("all"));
  }
}
