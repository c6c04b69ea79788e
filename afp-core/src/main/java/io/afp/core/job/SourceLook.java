package io.afp.core.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.Unit;
import io.afp.core.drift.Drift;
import io.afp.core.drift.SourceColumns;
import io.afp.core.error.AfpException;
import io.afp.core.error.Problem;
import io.afp.core.lake.LakeErrors;
import io.afp.core.lake.LakeTables;
import io.afp.core.ledger.SchemaVersion;
import io.afp.core.ledger.SchemaVersions;
import io.afp.core.spi.Inputs;
import io.afp.core.spi.Outside;
import io.afp.core.spi.StepInputs;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * Looks at the columns of the sources of a plan, as a run does before it writes; where there are
 * many files, at those of some.
 *
 * @param session on a branch where each table is as it is declared
 */
record SourceLook(SparkSession session, Outside outside, SchemaVersions known) {

  /**
   * What was seen.
   *
   * @param versions how the columns differ from those before, or, at first, from those declared
   * @param errors why the run would stop
   * @param warnings what it would say besides
   * @param sample the files that were looked at
   */
  record Seen(
      List<SchemaVersion> versions,
      List<Problem> errors,
      List<Problem> warnings,
      FileSample sample) {

    /** All that people are to know of; a plan that foresees an error has none itself. */
    Stream<Problem> diagnostics() {
      return Stream.concat(errors.stream().map(Seen::foreseen), warnings.stream());
    }

    private static Problem foreseen(Problem error) {
      return Problem.warning(error.code(), error.message(), error.location(), error.fix());
    }

    /** For the command. */
    void describe(ObjectNode step) {
      ArrayNode changes = step.putArray("source_columns");
      versions.forEach(version -> describe(version, changes));
      ArrayNode stops = step.putArray("stopped_by");
      errors.forEach(error -> stops.add(error.message()));
      if (sample.isPartial()) {
        step.put("files_looked_at", sample.looked());
      }
    }

    private static void describe(SchemaVersion version, ArrayNode changes) {
      version.changes().stream()
          .filter(change -> !change.isFirst())
          .forEach(
              change ->
                  changes
                      .addObject()
                      .put("unit", version.unit())
                      .put("kind", change.kind())
                      .put("column", change.column().isEmpty() ? null : change.column())
                      .put("policy", change.policy().isEmpty() ? null : change.policy())
                      .put("change", change.text()));
    }
  }

  /** What a step would find; a source that can't be looked at stops the run, and not the plan. */
  Seen at(Plan.Step step) {
    FileSample sample = FileSample.of(step);
    try {
      return step.stage()
          .columns(new Planned(session, step.table(), sample.units(), sample.inputs(), outside))
          .map(found -> seen(forecast(step.table(), found), sample))
          .orElseGet(() -> new Seen(List.of(), List.of(), List.of(), sample));
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      AfpException failure = LakeErrors.translate("look at the source of " + step.name(), e);
      return new Seen(List.of(), failure.problems(), List.of(), sample);
    }
  }

  private Drift.Forecast forecast(TableDef table, SourceColumns found) {
    return drift(session, table, known).forecast(found);
  }

  /** How the columns of a source are judged: by a plan as by the run of it. */
  static Drift drift(SparkSession session, TableDef table, SchemaVersions known) {
    return new Drift(table, new LakeTables(session).evolved(table), known.of(table.name()));
  }

  private static Seen seen(Drift.Forecast forecast, FileSample sample) {
    return new Seen(forecast.settled().versions(), forecast.errors(), forecast.warnings(), sample);
  }

  private record Planned(
      SparkSession session, TableDef table, List<Unit> units, Inputs inputs, Outside outside)
      implements StepInputs {}
}
