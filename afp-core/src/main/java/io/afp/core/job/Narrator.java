package io.afp.core.job;

import io.afp.core.catalog.TablePlaces;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.definition.Unit;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.lake.ColumnOrigin;
import io.afp.core.lake.ColumnOrigins;
import io.afp.core.ledger.Abandoned;
import io.afp.core.ledger.Database;
import io.afp.core.ledger.Phase;
import io.afp.core.ledger.RunRecord;
import io.afp.core.ledger.Runs;
import io.afp.core.settings.Addresses;
import io.afp.core.spi.Inputs;
import io.afp.core.spi.RunEvent;
import io.afp.core.spi.RunEvent.Running;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the audience of a run what happens in it. Nothing it does fails, or takes time. */
final class Narrator {

  private static final Logger log = LoggerFactory.getLogger(Narrator.class);

  private final Audience audience;
  private final Database database;
  private final Running running;
  private final Map<UUID, RunEvent.Step> open = new ConcurrentHashMap<>();
  private volatile boolean begun;
  private volatile boolean handedOver;

  /** For one driver's share of a run. */
  Narrator(Audience audience, Database database, RunRecord run, PipelineDef pipeline) {
    this.audience = audience;
    this.database = database;
    String catalog = Addresses.withoutSecrets(database.account().uri(), Optional.empty());
    this.running = new Running(run, pipeline, catalog, Instant.now());
  }

  /**
   * Records that work begins, and tells it; a run that has nothing to do does not come here. One
   * that the ledger knows goes on: an attempt of it failed, or another driver has begun it.
   */
  void start(Runs runs) {
    boolean goesOn = !audience.isEmpty() && runs.find(running.id()).isPresent();
    runs.start(running.record());
    begun = true;
    audience.tell(() -> new RunEvent.RunStarted(Instant.now(), running, goesOn));
  }

  /** From here on another driver has to end the run. */
  void handsOver() {
    handedOver = true;
  }

  /** The driver has done its share, which ends the run if nothing is left to another driver. */
  void ended(JobResult result) {
    if (begun && !handedOver) {
      Optional<ErrorCode> problem =
          result.exitCode() == 0
              ? Optional.empty()
              : result.problems().stream().findFirst().map(p -> p.code());
      audience.tell(
          () ->
              new RunEvent.RunEnded(
                  Instant.now(), running, result.outcome(), result.release(), problem));
    }
  }

  void failed(ErrorCode why) {
    if (begun) {
      audience.tell(() -> new RunEvent.RunFailed(Instant.now(), running, why));
    }
  }

  /** The process is about to be ended: what was told is passed on before. */
  void interrupted() {
    open.values().forEach(step -> failed(step, ErrorCode.INTERRUPTED));
    failed(ErrorCode.INTERRUPTED);
    audience.close();
  }

  /** Drivers that were killed have left these branches. */
  void abandoned(Collection<String> branches) {
    if (audience.isEmpty() || branches.isEmpty()) {
      return;
    }
    try {
      new Abandoned(database).of(branches).forEach(this::abandoned);
    } catch (RuntimeException e) {
      log.warn("It is not told which runs were killed", e);
    }
  }

  private void abandoned(Abandoned.Attempt left) {
    RunRecord killed = new Runs(database).find(left.run()).orElseThrow();
    Running run = new Running(killed, running.pipeline(), running.catalog(), left.startedAt());
    for (Abandoned.Step step : left.steps()) {
      audience.tell(
          () ->
              new RunEvent.StepAbandoned(
                  Instant.now(),
                  run,
                  run.stepId(left.number(), step.phase(), step.table()),
                  step.phase(),
                  step.table()));
    }
    if (!run.id().equals(running.id())) {
      audience.tell(() -> new RunEvent.RunAbandoned(Instant.now(), run));
    }
  }

  /** A step begins. */
  RunEvent.Step started(int attempt, Phase phase, TableDef table) {
    return started(attempt, phase, table, List.of(), Inputs.ofTables(Set.of()), false);
  }

  /** A step begins that fills a table. */
  RunEvent.Step started(
      int attempt, Phase phase, TableDef table, List<Unit> units, Inputs inputs, boolean replay) {
    RunEvent.Step step =
        new RunEvent.Step(
            running.stepId(attempt, phase, table.name()),
            attempt,
            phase,
            table,
            units,
            inputs,
            replay,
            Instant.now());
    open.put(step.id(), step);
    audience.tell(() -> new RunEvent.StepStarted(step.startedAt(), running, step));
    return step;
  }

  /** What the columns of a query are made of; nothing where nobody wants to know. */
  Map<String, Set<ColumnOrigin>> origins(Dataset<Row> rows) {
    try {
      return audience.isEmpty() ? Map.of() : ColumnOrigins.of(rows);
    } catch (RuntimeException | LinkageError e) { // a plan of a kind that was not thought of
      log.warn("What columns are made of is not told", e);
      return Map.of();
    }
  }

  void ended(RunEvent.Step step, Supplier<RunEvent.Result> result) {
    open.remove(step.id());
    audience.tell(() -> new RunEvent.StepEnded(Instant.now(), running, step, result.get()));
  }

  /** What fails while the process is being ended was interrupted, whatever the failure is. */
  void failed(RunEvent.Step step, AfpException why) {
    failed(step, Shutdown.hasBegun() ? ErrorCode.INTERRUPTED : why.code());
  }

  private void failed(RunEvent.Step step, ErrorCode why) {
    if (open.remove(step.id()) != null) {
      audience.tell(() -> new RunEvent.StepFailed(Instant.now(), running, step, why));
    }
  }

  /** Where the files of tables lie, as a catalog has them. */
  Map<TableName, String> places(String catalog, Collection<TableName> tables) {
    return new TablePlaces(database).of(catalog, tables);
  }
}
