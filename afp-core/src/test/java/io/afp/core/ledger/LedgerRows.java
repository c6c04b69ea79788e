package io.afp.core.ledger;

import io.afp.core.definition.TableName;
import io.afp.core.testing.TestLake;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Fills a ledger with runs and steps, and looks into its tables. */
final class LedgerRows {

  private final Database database;

  LedgerRows(TestLake lake) {
    this.database = lake.database();
  }

  /** A run that has just begun. */
  static RunRecord run(String pipeline, String request) {
    return RunRecord.begun(UUID.randomUUID(), pipeline, request);
  }

  /** The first attempt of a new run. */
  AttemptRecord attempt(String pipeline) {
    RunRecord run = run(pipeline, "all");
    new Runs(database).start(run);
    return new Runs(database).newAttempt(run.id());
  }

  /** A finished step. */
  void step(
      AttemptRecord attempt,
      TableName table,
      List<StepUnit> units,
      Collection<TableName> read,
      Collection<TableName> wrote) {
    Steps steps = new Steps(database, attempt);
    steps.start(Phase.TRANSFORM, table, "print", "checks");
    steps.finish(
        Phase.TRANSFORM,
        table,
        new Steps.Outcome(5, 4, 1, 100, List.of(7L), units, List.of(), List.of(), read, wrote));
  }

  static List<String> strings(TestLake lake, String sql) {
    return lake.database()
        .inTransaction(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }
}
