package io.afp.core.job;

import io.afp.core.catalog.Branches;
import io.afp.core.definition.DefinitionHash;
import io.afp.core.definition.Interval;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.definition.Unit;
import io.afp.core.definition.WriteDef.WriteMode;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.lake.Rejudged;
import io.afp.core.ledger.Database;
import io.afp.core.ledger.DoneUnits;
import io.afp.core.ledger.DoneUnits.Done;
import io.afp.core.ledger.InputText;
import io.afp.core.ledger.LoadedFile;
import io.afp.core.ledger.LoadedFiles;
import io.afp.core.ledger.StepUnit;
import io.afp.core.ledger.StepUnit.Earlier;
import io.afp.core.spi.Inputs;
import io.afp.core.spi.Stage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out which rows beside a table are to be judged again: those of the done units of a table.
 * What is not done is loaded by the next run anyway.
 *
 * <p>A unit stays done by the definition and the inputs that it was loaded by, because the rows
 * that were accepted then were not judged again. Only its release moves on, so that what is made of
 * the table is stale.
 */
final class ReplayPlan {

  private final PipelineDef pipeline;
  private final TableDef table;
  private final KeptOut rows;
  private final Optional<Interval> interval;
  private final Database database;

  /**
   * The plan for a table.
   *
   * @param rows which of the rows beside it
   * @param interval whose rejects are judged; empty for all
   * @throws AfpException REPLAY_REFUSED if they can't be replayed
   */
  ReplayPlan(
      PipelineDef pipeline,
      TableName table,
      KeptOut rows,
      Optional<Interval> interval,
      Database database) {
    this.pipeline = pipeline;
    this.rows = rows;
    this.table = pipeline.table(table).orElseThrow(() -> unknown(table));
    this.interval = interval;
    this.database = database;
    requirePossible();
  }

  TableDef table() {
    return table;
  }

  private AfpException unknown(TableName table) {
    return new AfpException(
        ErrorCode.REPLAY_REFUSED,
        "Cannot replay the %s of %s: the pipeline has no such table (pipeline=%s)"
            .formatted(rows, table, pipeline.name()),
        rows == KeptOut.REJECTS ? "Name one of its sources." : "Name one of its tables.");
  }

  private void requirePossible() {
    if (rows == KeptOut.REJECTS && table.source().isEmpty()) {
      throw refused("only a source has rejects", "Name a source.");
    }
    if (rows == KeptOut.QUARANTINE && !table.hasQuarantine()) {
      throw refused(
          "no check of it has quarantine, so that all rows would get in unjudged",
          "Write quarantine: true under a check, or load their source again: "
              + Rejudged.loadAgain(table));
    }
    if (table.write().mode() == WriteMode.SNAPSHOT) {
      throw refused(
          "a row alone is no full extract, and the others would count as deleted",
          "Load its interval again: afp run … --restate");
    }
    if (interval.isPresent() && !table.hasInterval()) {
      throw refused("it has no intervals", "Leave --interval out.");
    }
  }

  private AfpException refused(String why, String fix) {
    return AfpException.at(
        Location.file(table.file()),
        ErrorCode.REPLAY_REFUSED,
        "Cannot replay the %s of %s: %s".formatted(rows, table.name(), why),
        fix);
  }

  /** The step that a run does; none where nothing was rejected yet. */
  Plan plan(List<Stage> stages) {
    new DoneUnits(database).requireOwn(pipeline);
    List<StepUnit> todo = new ArrayList<>();
    String now =
        (rows == KeptOut.REJECTS ? "replay by " : "replay of the quarantine by ")
            + DefinitionHash.of(table, pipeline.interval());
    done().forEach(unit -> todo.add(unit.by(now)));
    if (todo.isEmpty() || !hasSome()) {
      return Plan.none();
    }
    Stage stage =
        stages.stream()
            .filter(s -> s.fills(table))
            .findFirst()
            .orElseThrow(() -> refused("no layer on the class path fills it", "Add it."));
    Plan.Step step = new Plan.Step(table, stage, Inputs.ofTables(Set.of()), todo, way());
    return new Plan(List.of(step), Map.of(), List.of(), Map.of(), Set.of(), SourceFindings.none());
  }

  private Plan.Way way() {
    return rows == KeptOut.REJECTS ? Plan.Way.REPLAY : Plan.Way.REPLAY_QUARANTINE;
  }

  private boolean hasSome() {
    return new Branches(database).tables(Optional.empty()).contains(rows.of(table.name()));
  }

  /** The units of the table as the ledger knows them; the files of a landing folder stay there. */
  List<StepUnit> done() {
    List<StepUnit> units = new ArrayList<>();
    Map<String, Map<String, LoadedFile>> files = new LoadedFiles(database).of(table.name());
    new DoneUnits(database)
        .of(table.name())
        .forEach(
            (label, done) ->
                unit(label, done, files.getOrDefault(label, Map.of()).values())
                    .ifPresent(units::add));
    units.sort((a, b) -> Unit.BY_TIME.compare(a.unit(), b.unit()));
    return units;
  }

  /** A unit that stays as it was loaded: with its files, and whatever else it is made of. */
  private Optional<StepUnit> unit(String label, Done done, Collection<LoadedFile> files) {
    Optional<Interval> time =
        done.span().map(s -> new Interval(s.start(), s.end(), pipeline.interval().orElseThrow()));
    boolean wanted =
        time.isPresent() == table.hasInterval()
            && interval.filter(all -> !all.contains(time.orElseThrow())).isEmpty();
    List<String> others = InputText.besideFiles(done.inputs());
    Unit unit = new Unit(label, time);
    StepUnit stays =
        table.landsFiles()
            ? new StepUnit(unit, done.definitionHash(), others, List::of, Earlier.KEPT)
            : new StepUnit(unit, done.definitionHash(), others, () -> List.copyOf(files));
    return wanted ? Optional.of(stays) : Optional.empty();
  }
}
