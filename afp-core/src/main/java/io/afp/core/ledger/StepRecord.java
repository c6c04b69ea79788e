package io.afp.core.ledger;

import io.afp.core.definition.TableName;
import java.util.List;
import java.util.Set;

/**
 * A finished step of an attempt.
 *
 * @param phase the part of the run, by its label
 * @param fingerprint of the definition and the inputs
 * @param checks hash of the checks whose metrics were measured
 * @param units the labels of the units that it covers
 * @param snapshots the snapshots that the step made
 */
public record StepRecord(
    String phase,
    TableName table,
    String fingerprint,
    String checks,
    long rowsIn,
    long rowsRejected,
    List<String> units,
    List<Long> snapshots,
    Set<TableName> read,
    Set<TableName> wrote) {

  public StepRecord {
    units = List.copyOf(units);
    snapshots = List.copyOf(snapshots);
    read = Set.copyOf(read);
    wrote = Set.copyOf(wrote);
  }
}
