package io.afp.core.job;

import io.afp.core.definition.CsvDef;
import io.afp.core.definition.CsvParser;
import io.afp.core.definition.FileSourceDef;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.error.Problem;
import io.afp.core.ledger.StepUnit;
import io.afp.core.spi.Inputs;
import io.afp.core.spi.Stage;
import io.afp.core.text.Sha256;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a run has to do, in order.
 *
 * @param reasons why each unit of each table has to be done
 * @param done the tables in which there is nothing to do
 * @param owners the pipelines that the tables belong to that the steps read; not of those that
 *     belong to none
 * @param unready the units for which a source has no file
 * @param sources what is to be said of the sources
 */
record Plan(
    List<Step> steps,
    Map<TableName, Map<String, Reason>> reasons,
    List<TableName> done,
    Map<TableName, String> owners,
    Set<String> unready,
    SourceFindings sources) {

  Plan {
    steps = List.copyOf(steps);
    reasons = Map.copyOf(reasons);
    done = List.copyOf(done);
    owners = Map.copyOf(owners);
    unready = Set.copyOf(unready);
  }

  /** The plan of a program, which decides itself. */
  static Plan none() {
    return new Plan(List.of(), Map.of(), List.of(), Map.of(), Set.of(), SourceFindings.none());
  }

  /** What people are told before anything is read. */
  List<Problem> warnings() {
    Stream<Problem> leftToSpark =
        steps.stream()
            .filter(step -> !step.way().isReplay())
            .flatMap(step -> leftToSpark(step.table()).stream());
    return Stream.concat(sources.warnings().stream(), leftToSpark).toList();
  }

  private static Optional<Problem> leftToSpark(TableDef table) {
    return table
        .fileSource()
        .map(FileSourceDef::csv)
        .filter(csv -> csv.parser() == CsvParser.AFP)
        .flatMap(CsvDef::onlyForSpark)
        .map(
            why ->
                Problem.warning(
                    ErrorCode.LEFT_TO_SPARK,
                    "The files of %s are read by Spark's parser, which is slower: %s"
                        .formatted(table.name(), why),
                    new Location(table.file(), 0, "from"),
                    "Write reader: spark if that is meant."));
  }

  boolean isEmpty() {
    return steps.isEmpty();
  }

  /** How a table is filled. */
  enum Way {
    USUAL,
    /** It is built anew from nothing. */
    FULL_REFRESH,
    /** From its rejects, in place of its source. */
    REPLAY,
    /** From its quarantine, in place of what fills it otherwise. */
    REPLAY_QUARANTINE;

    /** Whether rows that are kept beside the table are judged again. */
    boolean isReplay() {
      return this == REPLAY || this == REPLAY_QUARANTINE;
    }
  }

  /** One table to fill. */
  record Step(TableDef table, Stage stage, Inputs inputs, List<StepUnit> units, Way way) {

    Step {
      units = List.copyOf(units);
    }

    TableName name() {
      return table.name();
    }

    boolean fullRefresh() {
      return way == Way.FULL_REFRESH;
    }

    /** The same for two steps that would write the same rows. */
    String fingerprint() {
      StringBuilder text = new StringBuilder(fullRefresh() ? "full refresh\n" : "");
      for (StepUnit unit : units) {
        text.append(unit.unit().label()).append('\n').append(unit.definitionHash()).append('\n');
        unit.inputs().forEach(input -> text.append(input).append('\n'));
      }
      return Sha256.of(text.toString());
    }
  }

  /** The checks of a table, as they are measured, in one text. */
  static String checksOf(TableDef table) {
    return Sha256.of(table.allChecks().toString() + table.columns());
  }
}
