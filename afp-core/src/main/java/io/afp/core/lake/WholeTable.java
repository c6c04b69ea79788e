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
    private final Set<String> closed = new HashSet<>();
    private int number;

    void add(List<Metric> ofSnapshot) {
      Set<String> units = units(ofSnapshot);
      units.removeAll(closed);
      number += units.size();
      ofSnapshot.stream()
          .filter(metric -> units.contains(metric.unit()))
          .forEach(m -> metrics.computeIfAbsent(m.name(), name -> new ArrayList<>()).add(m));
    }

    void close(List<Metric> ofSnapshot) {
      closed.addAll(units(ofSnapshot));
    }

    private static Set<String> units(List<Metric> metrics) {
      return metrics.stream().map(Metric::unit).collect(Collectors.toSet());
    }

    /** A rule that was not measured in each of them is not known of the whole. */
    Map<String, Metric> sums() {
      Map<String, Metric> sums = new HashMap<>();
      metrics.forEach(
          (name, parts) -> {
            if (parts.size() == number) {
              sums.put(name, parts.stream().reduce(Metric::plus).orElseThrow());
            }
          });
      return sums;
    }
  }

  /** The metrics by name; empty where they can't be told without reading the rows. */
  public Map<String, Metric> asOf(long snapshot) {
    if (definition.write().mode().merges() || table.snapshot(snapshot) == null) {
      return Map.of();
    }
    List<Snapshot> lineage =
        StreamSupport.stream(
                SnapshotUtil.ancestorsOf(snapshot, table::snapshot).spliterator(), false)
            .toList();
    Map<String, Metric> sums = parts(lineage).sums();
    long total = Long.parseLong(lineage.get(0).summary().getOrDefault(TOTAL_ROWS, "-1"));
    return Optional.ofNullable(sums.get(ROWS)).filter(rows -> rows.judged() == total).isPresent()
        ? sums
        : Map.of();
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
