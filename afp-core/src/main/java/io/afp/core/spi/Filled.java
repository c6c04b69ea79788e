package io.afp.core.spi;

import io.afp.core.ledger.RejectCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a stage did for a table.
 *
 * @param rowsIn the rows that were read; for a model those that it gave
 * @param rejects how many rows were rejected for which reason; a row counts for each of its reasons
 * @param rowsRejected the rows that were rejected
 */
public record Filled(long rowsIn, long rowsRejected, List<RejectCount> rejects) {

  public Filled {
    rejects = List.copyOf(rejects);
  }

  /** Both together. */
  public Filled plus(Filled other) {
    List<RejectCount> all = new ArrayList<>(rejects);
    all.addAll(other.rejects);
    return new Filled(rowsIn + other.rowsIn, rowsRejected + other.rowsRejected, merged(all));
  }

  private static List<RejectCount> merged(List<RejectCount> counts) {
    Map<String, RejectCount> merged = new TreeMap<>();
    counts.forEach(c -> merged.merge(c.column() + "/" + c.reason(), c, RejectCount::plus));
    return List.copyOf(merged.values());
  }

  /** A stage that rejects nothing. */
  public static Filled of(long rowsIn) {
    return new Filled(rowsIn, 0, List.of());
  }
}
