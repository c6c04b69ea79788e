package io.afp.core.job;

import io.afp.core.catalog.Branches;
import io.afp.core.definition.Interval;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.Project;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.definition.Unit;
import io.afp.core.definition.WriteDef;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.error.Problem;
import io.afp.core.ledger.Database;
import io.afp.core.ledger.DoneUnits;
import io.afp.core.ledger.DoneUnits.Done;
import io.afp.core.ledger.InputText;
import io.afp.core.ledger.StepUnit;
import io.afp.core.spi.Inputs;
import io.afp.core.spi.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * Finds out what is to be done: a unit is done when the ledger knows it with the same inputs and
 * the same definition. Needs no Spark session; a run that has nothing to do ends here.
 */
final class Planner {

  private final PipelineDef pipeline;
  private final List<Stage> stages;
  private final DoneUnits doneUnits;
  private final Configuration hadoop;
  private final Versions versions;
  private final Neighbours neighbours;
  private final Set<TableName> main;
  private final Set<TableName> known;
  private final Map<TableName, Map<String, Reason>> reasons = new HashMap<>();
  private final Map<TableName, List<Problem>> broken = new LinkedHashMap<>();
  private final Map<TableName, Set<String>> unready = new HashMap<>();
  private boolean sparse;
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
      Configuration hadoop) {
    this.pipeline = pipeline;
    this.stages = stages;
    this.hadoop = hadoop;
    this.doneUnits = new DoneUnits(database);
    this.main = Set.copyOf(new Branches(database).tables(Optional.empty()));
    this.versions = new Versions(doneUnits, this::definition, pipeline.interval());
    this.neighbours = new Neighbours(project, pipeline, this::readByModel);
    this.known = new HashSet<>(main);
    known.addAll(neighbours.tables());
    pipeline.tables().forEach(table -> known.add(table.name()));
  }

  /**
   * The plan for what was asked for.
   *
   * @param before the units that earlier jobs of the same run have written
   * @throws AfpException with the problems of all inputs of all tables; TABLE_OWNED if one of the
   *     tables belongs to another pipeline
   */
  Plan plan(Wish wish, Map<TableName, Set<String>> before) {
    before.forEach(versions::write);
    doneUnits.requireOwn(pipeline);
    Map<TableDef, Inputs> inputs = inputs(wish);
    List<Plan.Step> steps = new ArrayList<>();
    List<TableName> nothingToDo = new ArrayList<>();
    Set<TableName> selected = wish.selection().tables(upstream(inputs));
    if (wish.fullRefresh()) {
      addFiles(selected, wish, inputs);
    }
    inputs = new ShownByViews(inputs, this::definition, neighbours).added();
    List<TableDef> order = TableOrder.of(inputs, neighbours);
    requireSound(selected, wish);
    for (TableDef table : order) {
      if (!selected.contains(table.name())) {
        continue;
      }
      step(table, inputs.get(table), wish)
          .ifPresentOrElse(steps::add, () -> nothingToDo.add(table.name()));
    }
    unready.keySet().retainAll(selected);
    return new Plan(steps, reasons, nothingToDo, owners(steps), unready());
  }

  /**
   * The plan for a time of which not all files need be there, as when old ones are archived: a unit
   * that is done stays done without them, any other is still to be done.
   *
   * @param restateUpTo what later releases than this wrote is not restated again
   */
  Plan survey(Wish wish, long restateUpTo) {
    this.sparse = true;
    this.restateUpTo = restateUpTo;
    return plan(wish, Map.of());
  }

  /** Also the tables that other jobs fill, so that they can be named. */
  private Map<TableName, Set<TableName>> upstream(Map<TableDef, Inputs> inputs) {
    Map<TableName, Set<TableName>> upstream = new LinkedHashMap<>();
    pipeline.tables().forEach(table -> upstream.put(table.name(), Set.of()));
    inputs.forEach((table, found) -> upstream.put(table.name(), found.tables()));
    return upstream;
  }

  /**
   * The inputs of all tables; for a full refresh no files yet, because not all tables may be
   * wanted.
   */
  private Map<TableDef, Inputs> inputs(Wish wish) {
    Map<TableDef, Inputs> inputs = new LinkedHashMap<>();
    for (TableDef table : pipeline.tables()) {
      List<Unit> units = wish.fullRefresh() ? List.of() : Unit.of(table, wish.interval());
      addInputs(table, units, wish, inputs);
    }
    return inputs;
  }

  /** A full refresh reads the files of everything that is done, too. */
  private void addFiles(Set<TableName> selected, Wish wish, Map<TableDef, Inputs> inputs) {
    pipeline.tables().stream()
        .filter(table -> selected.contains(table.name()))
        .forEach(table -> addInputs(table, wanted(table, Set.of(), wish), wish, inputs));
  }

  private void addInputs(
      TableDef table, List<Unit> units, Wish wish, Map<TableDef, Inputs> inputs) {
    stage(table)
        .ifPresent(
            stage -> {
              try {
                Inputs found = inputs(stage, table, units);
                neighbours.follow(found.tables());
                inputs.put(table, found);
                neighbours.requirePublished(table, unpublished(found), wish.interval());
              } catch (AfpException e) {
                broken.put(table.name(), e.problems());
              }
            });
  }

  private Inputs inputs(Stage stage, TableDef table, List<Unit> units) {
    return sparse && table.source().isPresent() && table.hasInterval()
        ? sparse(stage, table, units)
        : stage.inputs(request(pipeline, table, units));
  }

  /** The files of the units that have some. */
  private Inputs sparse(Stage stage, TableDef table, List<Unit> units) {
    Map<Unit, List<Inputs.FileInput>> files = new LinkedHashMap<>();
    for (Unit unit : units) {
      files(stage, table, unit)
          .ifPresentOrElse(
              files::putAll,
              () -> unready.computeIfAbsent(table.name(), t -> new HashSet<>()).add(unit.label()));
    }
    return Inputs.ofFiles(files);
  }

  /** The files of one unit of a source; empty when there is none. */
  private Optional<Map<Unit, List<Inputs.FileInput>>> files(
      Stage stage, TableDef table, Unit unit) {
    try {
      return Optional.of(stage.inputs(request(pipeline, table, List.of(unit))).files());
    } catch (AfpException e) {
      if (e.code() != ErrorCode.NO_INPUT) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** What is wrong with a table that is not wanted stops nobody. */
  private void requireSound(Set<TableName> selected, Wish wish) {
    List<Problem> problems =
        broken.entrySet().stream()
            .filter(table -> selected.contains(table.getKey()))
            .flatMap(table -> table.getValue().stream())
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

  /** What a model reads that nobody has made yet, and this pipeline never makes. */
  private List<TableName> unpublished(Inputs inputs) {
    return inputs.tables().stream()
        .filter(table -> !main.contains(table) && neighbours.tables().contains(table))
        .toList();
  }

  private Set<TableName> readByModel(PipelineDef other, TableDef table) {
    return table.model().isEmpty()
        ? Set.of()
        : stage(table)
            .map(s -> s.inputs(request(other, table, List.of(Unit.all()))).tables())
            .orElse(Set.of());
  }

  private Stage.InputRequest request(PipelineDef of, TableDef table, List<Unit> units) {
    return new Stage.InputRequest(of, table, units, known, hadoop);
  }

  private Optional<TableDef> definition(TableName name) {
    return pipeline.table(name).or(() -> neighbours.table(name));
  }

  private Set<String> unready() {
    return unready.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
  }

  /** Who answers for the tables that the steps read, as far as it is known. */
  private Map<TableName, String> owners(List<Plan.Step> steps) {
    Map<TableName, String> published = doneUnits.owners();
    Map<TableName, String> owners = new HashMap<>();
    for (Plan.Step step : steps) {
      for (TableName table : step.inputs().tables()) {
        Optional.of(pipeline)
            .filter(own -> own.table(table).isPresent())
            .or(() -> neighbours.definerOf(table))
            .map(PipelineDef::name)
            .or(() -> Optional.ofNullable(published.get(table)))
            .ifPresent(owner -> owners.put(table, owner));
      }
    }
    return owners;
  }

  private Optional<Stage> stage(TableDef table) {
    return stages.stream().filter(s -> s.fills(table)).findFirst();
  }

  /** What is to be done in a table; empty when nothing is. */
  private Optional<Plan.Step> step(TableDef table, Inputs inputs, Wish wish) {
    SortedMap<Unit, Reason> todo = new TreeMap<>(Unit.BY_TIME);
    for (Unit unit : wanted(table, inputs.tables(), wish)) {
      reason(table, inputs, unit, wish).ifPresent(why -> todo.put(unit, why));
    }
    if (todo.isEmpty()) {
      return Optional.empty();
    }
    Inputs all = lookBack(table, inputs, todo);
    Map<String, Reason> why = new LinkedHashMap<>();
    todo.forEach((unit, reason) -> why.put(unit.label(), reason));
    reasons.put(table.name(), why);
    versions.write(table.name(), why);
    List<StepUnit> units = todo.keySet().stream().map(u -> stepUnit(table, all, u)).toList();
    Stage stage = stage(table).orElseThrow();
    return Optional.of(new Plan.Step(table, stage, all, units, wish.fullRefresh()));
  }

  private StepUnit stepUnit(TableDef table, Inputs inputs, Unit unit) {
    return new StepUnit(unit, versions.ofDefinition(table), texts(inputs, unit, versions::of));
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
  private Inputs lookBack(TableDef table, Inputs inputs, SortedMap<Unit, Reason> todo) {
    int lookback = table.write().lookback();
    Inputs all = inputs;
    for (Map.Entry<Unit, Interval> before : before(table, todo.keySet()).entrySet()) {
      Unit unit = before.getKey();
      Inputs with = withFiles(table, all, unit);
      if (mayDiffer(table, with, unit)) {
        todo.put(unit, Reason.lookback(before.getValue(), lookback));
        all = with;
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
  private boolean mayDiffer(TableDef table, Inputs inputs, Unit unit) {
    boolean hasFiles = inputs.files().containsKey(unit);
    return table.source().isEmpty() || hasFiles && reason(table, inputs, unit).isPresent();
  }

  private Inputs withFiles(TableDef table, Inputs inputs, Unit unit) {
    return table.source().isEmpty() || inputs.files().containsKey(unit)
        ? inputs
        : files(stage(table).orElseThrow(), table, unit).map(inputs::plusFiles).orElse(inputs);
  }

  private Optional<Reason> reason(TableDef table, Inputs inputs, Unit unit, Wish wish) {
    if (wish.fullRefresh()) {
      return Optional.of(Reason.builtAnew());
    }
    Optional<Reason> found = reason(table, inputs, unit);
    Optional<Reason> reason =
        found
            .filter(why -> !why.isLookback())
            .or(() -> restated(table, unit, wish))
            .or(() -> found);
    reason.ifPresent(why -> requireFirstAppend(table));
    return reason;
  }

  /**
   * Without intervals nothing says which rows are new: appending again would double the old ones.
   */
  private void requireFirstAppend(TableDef table) {
    boolean appends = table.write().mode() == WriteDef.WriteMode.APPEND && !table.hasInterval();
    if (appends && main.contains(table.name())) {
      throw AfpException.at(
          Location.file(table.file()),
          ErrorCode.INTERVAL_EXISTS,
          "Cannot append to table %s again: it is there already, and nothing says which rows are new"
              .formatted(table.name()),
          "Declare write.interval_column, so that each interval is appended once, or use mode replace.");
    }
  }

  /** Why a unit is to be done; empty when it is done. */
  private Optional<Reason> reason(TableDef table, Inputs inputs, Unit unit) {
    Done found = versions.done(table.name()).get(unit.label());
    boolean gone = unready.getOrDefault(table.name(), Set.of()).contains(unit.label());
    if (found == null) {
      return Optional.of(gone ? Reason.withoutFile() : Reason.missing());
    }
    StepUnit wanted = stepUnit(table, inputs, unit);
    if (!found.definitionHash().equals(wanted.definitionHash())) {
      return Optional.of(Reason.stale("the definition changed"));
    }
    if (gone || found.inputs().equals(wanted.inputs())) {
      return Optional.empty();
    }
    String why = String.join(", ", InputText.differences(found.inputs(), wanted.inputs()));
    boolean late = found.inputs().equals(texts(inputs, unit, versions::withoutLookback));
    return Optional.of(late ? Reason.late(why) : Reason.stale(why));
  }

  private Optional<Reason> restated(TableDef table, Unit unit, Wish wish) {
    return Optional.ofNullable(versions.done(table.name()).get(unit.label()))
        .filter(done -> wish.restates(unit) && done.release() <= restateUpTo)
        .map(done -> Reason.restated());
  }

  private static List<String> texts(
      Inputs inputs, Unit unit, BiFunction<TableName, Unit, String> versions) {
    List<String> texts = new ArrayList<>();
    inputs
        .files()
        .getOrDefault(unit, List.of())
        .forEach(f -> texts.add(InputText.file(f.path(), f.checksum())));
    inputs.tables().forEach(t -> texts.add(InputText.table(t, versions.apply(t, unit))));
    inputs.javaClass().ifPresent(c -> texts.add(InputText.javaClass(c.name(), c.checksum())));
    texts.sort(null);
    return texts;
  }
}
