package io.afp.core.job;

import io.afp.core.catalog.Branches;
import io.afp.core.definition.Interval;
import io.afp.core.definition.OnChange;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.Project;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.definition.Unit;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Problem;
import io.afp.core.ledger.Database;
import io.afp.core.ledger.DoneUnits;
import io.afp.core.ledger.DoneUnits.Done;
import io.afp.core.ledger.StepUnit;
import io.afp.core.spi.Inputs;
import io.afp.core.spi.Outside;
import io.afp.core.spi.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Finds out what is to be done, in which order. Needs no Spark session; a run that has nothing to
 * do ends here. A planner plans once, by what is done then.
 */
final class Planner {

  private final PipelineDef pipeline;
  private final DoneUnits doneUnits;
  private final InputSearch search;
  private final Versions versions;
  private final SourceWatch watch;
  private final Map<TableName, Map<String, Reason>> recorded = new HashMap<>();
  private long restateUpTo = Long.MAX_VALUE;

  /**
   * What somebody wants to have done.
   *
   * @param restate whether done units of tables with intervals are done again
   * @param fullRefresh whether tables are built anew: everything that is done is done again
   */
  record Wish(
      Optional<Interval> interval, boolean restate, boolean fullRefresh, Selection selection) {

    /** Not what is only looked back on. */
    boolean restates(Unit unit) {
      return restate && interval.flatMap(all -> unit.interval().filter(all::contains)).isPresent();
    }
  }

  Planner(
      Project project,
      PipelineDef pipeline,
      List<Stage> stages,
      Database database,
      Outside outside) {
    this.pipeline = pipeline;
    this.doneUnits = new DoneUnits(database);
    Set<TableName> main = Set.copyOf(new Branches(database).tables(Optional.empty()));
    this.watch = new SourceWatch(database, this::done);
    this.search = new InputSearch(project, pipeline, stages, outside, main, watch);
    this.versions = new Versions(doneUnits, search::definition, pipeline.interval());
  }

  private Map<String, Done> done(TableName table) {
    return versions.done(table);
  }

  /**
   * The plan for what was asked for.
   *
   * @param before the units that earlier jobs of the same run have written
   * @throws AfpException with the problems of all inputs of all tables; TABLE_OWNED if one of the
   *     tables belongs to another pipeline
   */
  Plan plan(Wish wish, Map<TableName, Set<String>> before) {
    search.requireFiles((table, unit) -> needsFiles(table, unit, wish));
    return planned(wish, before);
  }

  private boolean needsFiles(TableDef table, Unit unit, Wish wish) {
    boolean again = wish.fullRefresh() || wish.restate() && !table.landsFiles();
    return again || !staysDone(table, unit);
  }

  /** Whether a unit needs no files, because it stays as it is whatever they are. */
  private boolean staysDone(TableDef table, Unit unit) {
    return watch.hasLanded(table)
        || table.onChange() != OnChange.RELOAD
            && Optional.ofNullable(versions.done(table.name()).get(unit.label()))
                .filter(done -> done.definitionHash().equals(versions.ofDefinition(table)))
                .isPresent();
  }

  private Plan planned(Wish wish, Map<TableName, Set<String>> before) {
    before.forEach(versions::write);
    doneUnits.requireOwn(pipeline);
    look(wish);
    Set<TableName> selected = wish.selection().tables(search.upstream());
    if (wish.fullRefresh()) {
      lookForFiles(selected, wish);
    }
    Map<TableDef, Inputs> inputs =
        new ShownByViews(search.found(), search::definition, search.neighbours()).added();
    List<TableDef> order = TableOrder.of(inputs, search.neighbours());
    requireSound(selected, wish);
    Reasons reasons = new Reasons(wish, restateUpTo, versions, search, watch);
    List<Plan.Step> steps = new ArrayList<>();
    List<TableName> nothingToDo = new ArrayList<>();
    for (TableDef table : order) {
      if (selected.contains(table.name())) {
        step(table, inputs.get(table), reasons)
            .ifPresentOrElse(steps::add, () -> nothingToDo.add(table.name()));
      }
    }
    watch.remember();
    return new Plan(
        steps, recorded, nothingToDo, owners(steps), search.withoutFile(selected), findings(steps));
  }

  private SourceFindings findings(List<Plan.Step> steps) {
    return new SourceFindings(
        watch.found(),
        steps.stream().flatMap(step -> FileCopies.in(step).stream()).toList(),
        stayingUnknown(steps),
        redefined());
  }

  /** Tables whose rows stay as they were loaded though their definition has changed since. */
  private List<TableDef> redefined() {
    return pipeline.tables().stream()
        .filter(table -> table.landsFiles() && !table.write().mode().merges())
        .filter(table -> versions.isOfAnotherDefinition(table))
        .filter(table -> watch.hasOld(table, versions.ofDefinition(table)))
        .toList();
  }

  /** What is loaded now is known from now on. */
  private Map<TableDef, List<String>> stayingUnknown(List<Plan.Step> steps) {
    Map<TableDef, List<String>> staying = new LinkedHashMap<>();
    watch
        .unknown()
        .forEach(
            (table, units) -> {
              Set<String> left = new LinkedHashSet<>(units);
              steps.stream()
                  .filter(step -> step.table().equals(table))
                  .flatMap(step -> step.units().stream())
                  .forEach(unit -> left.remove(unit.unit().label()));
              if (!left.isEmpty()) {
                staying.put(table, List.copyOf(left));
              }
            });
    return staying;
  }

  /**
   * The plan for a time of which not all files need be there, as when old ones are archived: a unit
   * that is done stays done without them, any other is still to be done.
   *
   * @param restateUpTo what later releases than this wrote is not restated again
   */
  Plan survey(Wish wish, long restateUpTo) {
    search.requireFiles((table, unit) -> !table.hasInterval() && !staysDone(table, unit));
    this.restateUpTo = restateUpTo;
    return planned(wish, Map.of());
  }

  /** For a full refresh at no files yet, because not all tables may be wanted. */
  private void look(Wish wish) {
    for (TableDef table : pipeline.tables()) {
      List<Unit> units = wish.fullRefresh() ? List.of() : Unit.of(table, wish.interval());
      search.look(table, units, wish.interval());
    }
  }

  /** A full refresh reads the files of everything that is done, too. */
  private void lookForFiles(Set<TableName> selected, Wish wish) {
    pipeline.tables().stream()
        .filter(table -> selected.contains(table.name()))
        .forEach(table -> search.look(table, wanted(table, Set.of(), wish), wish.interval()));
  }

  /** What is wrong with a table that is not wanted stops nobody. */
  private void requireSound(Set<TableName> selected, Wish wish) {
    List<Problem> problems =
        search.problems(selected).stream()
            .map(problem -> wish.fullRefresh() ? needed(problem) : problem)
            .toList();
    if (!problems.isEmpty()) {
      throw AfpException.of(problems);
    }
  }

  /** Files that were loaded once may be gone since. */
  private static Problem needed(Problem problem) {
    return problem.code() == ErrorCode.NO_INPUT
        ? Problem.error(
            problem.code(),
            problem.message(),
            problem.location(),
            "Bring the files of all done intervals back, or leave the table out by --select: it can't be built anew without them.")
        : problem;
  }

  /** Who answers for the tables that the steps read, as far as it is known. */
  private Map<TableName, String> owners(List<Plan.Step> steps) {
    Map<TableName, String> published = doneUnits.owners();
    Map<TableName, String> owners = new HashMap<>();
    for (Plan.Step step : steps) {
      for (TableName table : step.inputs().tables()) {
        Optional.of(pipeline)
            .filter(own -> own.table(table).isPresent())
            .or(() -> search.neighbours().definerOf(table))
            .map(PipelineDef::name)
            .or(() -> Optional.ofNullable(published.get(table)))
            .ifPresent(owner -> owners.put(table, owner));
      }
    }
    return owners;
  }

  /** What is to be done in a table; empty when nothing is. */
  private Optional<Plan.Step> step(TableDef table, Inputs inputs, Reasons reasons) {
    Wish wish = reasons.wish();
    SortedMap<Unit, Reason> todo = new TreeMap<>(Unit.BY_TIME);
    for (Unit unit : wanted(table, inputs.tables(), wish)) {
      reasons.wanted(table, inputs, unit).ifPresent(why -> todo.put(unit, why));
    }
    if (todo.isEmpty()) {
      return Optional.empty();
    }
    Inputs all = reasons.toLoad(table, lookBack(table, inputs, todo, reasons));
    record(table.name(), todo);
    List<StepUnit> units =
        todo.keySet().stream().map(unit -> reasons.stepUnit(table, all, unit)).toList();
    Stage stage = search.stage(table).orElseThrow();
    Plan.Way way = wish.fullRefresh() ? Plan.Way.FULL_REFRESH : Plan.Way.USUAL;
    return Optional.of(new Plan.Step(table, stage, all, units, way));
  }

  private void record(TableName table, SortedMap<Unit, Reason> todo) {
    Map<String, Reason> why = new LinkedHashMap<>();
    todo.forEach((unit, reason) -> why.put(unit.label(), reason));
    recorded.put(table, why);
    versions.write(table, why);
  }

  /**
   * What was asked for; for a full refresh also what is done, else what is done and made of
   * something that this run does again, looking back.
   */
  private List<Unit> wanted(TableDef table, Set<TableName> upstream, Wish wish) {
    List<Unit> asked = Unit.of(table, wish.interval());
    if (!table.hasInterval()) {
      return asked;
    }
    Set<String> more = new HashSet<>(versions.done(table.name()).keySet());
    if (!wish.fullRefresh()) {
      more.retainAll(versions.written(upstream));
    }
    return Stream.concat(Unit.covering(more, pipeline.interval().orElseThrow()), asked.stream())
        .distinct()
        .sorted(Unit.BY_TIME)
        .toList();
  }

  /**
   * Adds what the table has of the time before the units that are to be done, as far as it looks
   * back.
   *
   * @return the inputs of all of them
   */
  private Inputs lookBack(
      TableDef table, Inputs inputs, SortedMap<Unit, Reason> todo, Reasons reasons) {
    int lookback = table.write().lookback();
    Map<Unit, Interval> before = before(table, todo.keySet());
    Inputs with = search.withFiles(table, inputs, List.copyOf(before.keySet()));
    Inputs all = inputs;
    for (Map.Entry<Unit, Interval> each : before.entrySet()) {
      Unit unit = each.getKey();
      if (mayDiffer(table, with, unit, reasons)) {
        todo.put(unit, Reason.lookback(each.getValue(), lookback));
        all = all.plusFilesOf(unit, with);
      }
    }
    return all;
  }

  /** What the table has of the time before these units, and which of them is the cause. */
  private Map<Unit, Interval> before(TableDef table, Set<Unit> units) {
    Map<Unit, Interval> before = new LinkedHashMap<>();
    for (Interval cause : Unit.ranges(units)) {
      cause.before(table.write().lookback()).stream()
          .map(Unit::of)
          .filter(unit -> !units.contains(unit))
          .filter(unit -> versions.done(table.name()).containsKey(unit.label()))
          .forEach(unit -> before.putIfAbsent(unit, cause));
    }
    return before;
  }

  /** Whether there may be other rows now: the same files have the same. */
  private static boolean mayDiffer(TableDef table, Inputs inputs, Unit unit, Reasons reasons) {
    boolean hasFiles = inputs.files().containsKey(unit);
    return table.fileSource().isEmpty() || hasFiles && reasons.of(table, inputs, unit).isPresent();
  }
}
