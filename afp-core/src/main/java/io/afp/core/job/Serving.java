package io.afp.core.job;

import io.afp.core.catalog.Branches;
import io.afp.core.definition.TableDef;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.lake.LakeErrors;
import io.afp.core.lake.LakeSession;
import io.afp.core.lake.LakeTables;
import io.afp.core.ledger.AttemptRecord;
import io.afp.core.ledger.Phase;
import io.afp.core.ledger.Runs;
import io.afp.core.ledger.Servings;
import io.afp.core.ledger.Steps;
import io.afp.core.logging.RunLog;
import io.afp.core.spi.RunEvent;
import io.afp.core.spi.TableServer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the tables of a pipeline whose last release is not served yet. Nobody can move these
 * tables meanwhile, because only a holder of the pipeline's lease can, and this run holds it.
 */
final class Serving {

  private static final Logger progress = LoggerFactory.getLogger(RunLog.PROGRESS);

  private final RunScope scope;
  private final Optional<TableServer> server;
  private final Servings servings;

  Serving(RunScope scope, Optional<TableServer> server) {
    this.scope = scope;
    this.server = server;
    this.servings = new Servings(scope.database());
  }

  /** The tables that wait to be served. */
  List<TableDef> pending() {
    return scope.pipeline().tables().stream()
        .filter(t -> t.serve().isPresent())
        .filter(servings::isPending)
        .toList();
  }

  /** Serves them. */
  void serve(List<TableDef> tables) {
    if (tables.isEmpty()) {
      return;
    }
    SparkSession session = scope.lakeSession().onMain(scope.spark().session());
    try {
      tables.forEach(table -> serve(session, table));
    } finally {
      LakeSession.close(session);
    }
  }

  private void serve(SparkSession session, TableDef table) {
    long release = servings.lastRelease(table).orElseThrow();
    scope.lease().require();
    RunLog.step(table.name().toString());
    progress.info("{}: serve as {}", table.name(), table.serve().orElseThrow().target());
    Optional<AttemptRecord> attempt = attempt();
    Optional<Steps> steps = attempt.map(a -> new Steps(scope.database(), a));
    steps.ifPresent(s -> s.start(Phase.SERVE, table.name(), Long.toString(release), ""));
    RunEvent.Step told =
        scope.narrator().started(attempt.map(AttemptRecord::number).orElse(0), Phase.SERVE, table);
    try {
      TableServer.Served served =
          table.isView()
              ? serveView(table, release)
              : server(table).serve(request(table, rows(session, table), release));
      servings.record(table, release, served.rows(), served.bytes(), scope.runId());
      steps.ifPresent(
          s ->
              s.finish(Phase.SERVE, table.name(), Steps.Outcome.of(served.rows(), served.bytes())));
      scope.narrator().ended(told, () -> result(table, served));
    } catch (Exception e) {
      AfpException failure = LakeErrors.translate("serve table " + table.name(), e);
      steps.ifPresent(s -> recordFailure(s, table, failure));
      scope.narrator().failed(told, failure);
      throw failure;
    } finally {
      RunLog.step(null);
    }
  }

  /** Often the ledger is in the same database, and does not answer either. */
  private static void recordFailure(Steps steps, TableDef table, AfpException failure) {
    try {
      steps.fail(Phase.SERVE, table.name());
    } catch (AfpException e) {
      failure.addSuppressed(e);
    }
  }

  private Optional<AttemptRecord> attempt() {
    return new Runs(scope.database()).attempts(scope.runId()).stream().findFirst();
  }

  private RunEvent.Result result(TableDef table, TableServer.Served served) {
    return new RunEvent.Result(
        served.rows(),
        served.rows(),
        0,
        served.bytes(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        scope.narrator().places(Branches.MAIN, Set.of(table.name())),
        Map.of(),
        Map.of(),
        List.of(),
        Map.of());
  }

  private TableServer server(TableDef table) {
    return server.orElseThrow(
        () ->
            AfpException.at(
                Location.file(table.file()),
                ErrorCode.SERVING_BLOCKED,
                "Cannot serve table %s: no serving layer is on the class path"
                    .formatted(table.name()),
                "Add afp-serving to the class path."));
  }

  /** A view is read on a branch, where the tables below it stay as they are meanwhile. */
  private TableServer.Served serveView(TableDef table, long release) {
    String name = Branches.nameOf("serve", UUID.randomUUID());
    try (ThrowAwayBranch branch = ThrowAwayBranch.ofMain(scope.database(), scope.spark(), name)) {
      SparkSession reading = scope.lakeSession().reading(scope.spark().session(), branch.name());
      try {
        Dataset<Row> rows = reading.table(table.name().toString());
        return server(table).serve(request(table, rows, release));
      } finally {
        LakeSession.close(reading);
      }
    }
  }

  private static Dataset<Row> rows(SparkSession session, TableDef table) {
    long snapshot =
        new LakeTables(session).find(table.name()).orElseThrow().currentSnapshot().snapshotId();
    return session.read().option("snapshot-id", snapshot).table(table.name().toString());
  }

  private TableServer.Request request(TableDef table, Dataset<Row> rows, long release) {
    return new TableServer.Request(
        table,
        table.serve().orElseThrow(),
        rows,
        release,
        scope.runId(),
        ServingAccount.of(scope.settings(), scope.database().account()));
  }
}
