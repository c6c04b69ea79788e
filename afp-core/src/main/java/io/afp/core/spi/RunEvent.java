package io.afp.core.spi;

import io.afp.core.definition.CheckDef;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.definition.Unit;
import io.afp.core.error.ErrorCode;
import io.afp.core.lake.ColumnOrigin;
import io.afp.core.ledger.Phase;
import io.afp.core.ledger.RunRecord;
import io.afp.core.ledger.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/**
 * A moment in the life of a run. No event has a row of a table in it; why something failed is told
 * by its code, because messages may show values, and the ledger has them.
 *
 * <p>A run of several drivers starts in each of them; it ends in the last one. A run that had
 * nothing to do has no events.
 */
public sealed interface RunEvent {

  Instant at();

  /** The run. */
  Running run();

  /**
   * A run as this driver sees it.
   *
   * @param catalog the JDBC address of the catalog of the lake, without a password
   * @param startedAt when this driver began to work on it
   */
  record Running(RunRecord record, PipelineDef pipeline, String catalog, Instant startedAt) {

    /** The id of the run, which is also the correlation id. */
    public UUID id() {
      return record.id();
    }

    /**
     * The id of a step: the same for everybody who asks, another one for each attempt.
     *
     * @param attempt its number
     */
    public UUID stepId(int attempt, Phase phase, TableName table) {
      String name = "%s/%d/%s/%s".formatted(id(), attempt, phase.label(), table);
      return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * A table that is filled, judged or served.
   *
   * @param id see {@link Running#stepId}
   * @param table as it is defined
   * @param units the units that are filled; none of a step that judges or serves
   * @param inputs what the step was planned with; nothing for one that judges or serves
   * @param replay whether rows that were kept beside the table are read in place of its source
   */
  record Step(
      UUID id,
      int attempt,
      Phase phase,
      TableDef table,
      List<Unit> units,
      Inputs inputs,
      boolean replay,
      Instant startedAt) {

    public Step {
      units = List.copyOf(units);
    }
  }

  /**
   * What a step did.
   *
   * @param rowsIn the rows that were read; of a step that judges the rows that were written
   * @param files the data files that were added; empty where that is not known
   * @param snapshot the last snapshot that it made
   * @param read the tables that were read, with where their files lie
   * @param wrote the same of those that were written; the rejects and what else lies beside a table
   *     are among them
   * @param figures what was measured in the write, by the names of checks and of {@code rows}; of a
   *     step that judges, and never of personal columns
   * @param verdicts those of a step that judges
   * @param columns what each column that was written is made of, as far as that is known
   */
  record Result(
      long rowsIn,
      long rowsOut,
      long rowsRejected,
      long bytes,
      OptionalLong files,
      OptionalLong snapshot,
      Map<TableName, String> read,
      Map<TableName, String> wrote,
      Map<String, Measured> figures,
      List<Judged> verdicts,
      Map<String, Set<ColumnOrigin>> columns) {

    public Result {
      read = Map.copyOf(read);
      wrote = Map.copyOf(wrote);
      figures = Map.copyOf(figures);
      verdicts = List.copyOf(verdicts);
      columns = Map.copyOf(columns);
    }
  }

  /**
   * A figure of a check.
   *
   * @param obeyed the rows that obey, of a rule that counts rows; else all that were judged
   * @param number the number that the rule asks for, if it asks for one
   */
  record Measured(long judged, long obeyed, OptionalDouble number) {}

  /** How a check ended, in numbers of rows. */
  record Judged(CheckDef check, Verdict.Status status, long rowsJudged, long rowsFailed) {

    /** Of a verdict, without the rows and words in it. */
    public static Judged of(Verdict verdict) {
      return new Judged(
          verdict.check(), verdict.status(), verdict.rowsJudged(), verdict.rowsFailed());
    }
  }

  /**
   * Work begins.
   *
   * @param goesOn whether another driver or an earlier attempt has begun the run
   */
  record RunStarted(Instant at, Running run, boolean goesOn) implements RunEvent {}

  /**
   * The run is over.
   *
   * @param outcome {@code published}, {@code served} or {@code published_in_part}
   * @param release what it published in this driver
   * @param problem the first reason why tables are missing; only of one that published in part
   */
  record RunEnded(
      Instant at, Running run, String outcome, Optional<Long> release, Optional<ErrorCode> problem)
      implements RunEvent {}

  /** The run failed; it is taken up again when the same is asked. */
  record RunFailed(Instant at, Running run, ErrorCode why) implements RunEvent {}

  /** This run finds that another one was killed: its driver could tell nobody. */
  record RunAbandoned(Instant at, Running run) implements RunEvent {}

  /** A step begins. */
  record StepStarted(Instant at, Running run, Step step) implements RunEvent {}

  /** A step has done its work; what it wrote is to be seen when the run has published. */
  record StepEnded(Instant at, Running run, Step step, Result result) implements RunEvent {}

  /** A step failed. */
  record StepFailed(Instant at, Running run, Step step, ErrorCode why) implements RunEvent {}

  /**
   * This run finds that a step ended with its driver.
   *
   * @param run the one of the step, which may be this one
   * @param id of the step
   */
  record StepAbandoned(Instant at, Running run, UUID id, Phase phase, TableName table)
      implements RunEvent {}
}
