package io.afp.core.job;

import io.afp.core.catalog.Branches;
import io.afp.core.definition.DefinitionHash;
import io.afp.core.definition.Interval;
import io.afp.core.definition.PipelineDef;
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
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * Finds out what is to be done: a unit is done when the ledger knows it with the same inputs and
 * the same definition. Needs no Spark session; a run that has nothing to do ends here.
 */
final class Planner {

  private static final String NONE = "none";

  private final PipelineDef pipeline;
  private final List<Stage> stages;
  private final DoneUnits doneUnits;
  private final Branches branches;
  private final Configuration hadoop;
  private final Map<TableName, Map<String, Done>> done = new HashMap<>();
  private final Map<TableName, Set<String>> written = new HashMap<>();
  private final Map<TableName, Map<String, String>> reasons = new HashMap<>();
  private final Map<TableName, List<Problem>> broken = new LinkedHashMap<>();

  /**
   * What somebody wants to have done.
   *
   * @param restate whether done units of tables with intervals are done again
   * @param fullRefresh whether tables are built anew: everything that is done is done again
   */
  record Wish(
      Optional<Interval> interval, boolean restate, boolean fullRefresh, Selection selection) {}

  Planner(PipelineDef pipeline, List<Stage> stages, Database database, Configuration hadoop) {
    this.pipeline = pipeline;
    this.stages = stages;
    this.hadoop = hadoop;
    this.doneUnits = new DoneUnits(database);
    this.branches = new Branches(database);
  }

  /**
   * The plan for what was asked for.
   *
   * @param before the units that earlier jobs of the same run have written
   * @throws AfpException with the problems of all inputs of all tables; TABLE_OWNED if one of the
   *     tables belongs to another pipeline
   */
  Plan plan(Wish wish, Map<TableName, Set<String>> before) {
    before.forEach((table, units) -> written.put(table, new HashSet<>(units)));
    doneUnits.requireOwn(pipeline);
    Map<TableDef, Inputs> inputs = inputs(wish);
    List<Plan.Step> steps = new ArrayList<>();
    List<TableName> nothingToDo = new ArrayList<>();
    Set<TableName> selected = wish.selection().tables(upstream(inputs));
    if (wish.fullRefresh()) {
      addFiles(selected, wish, inputs);
    }
    requireSound(selected, wish);
    for (TableDef table : inOrder(inputs)) {
      if (!selected.contains(table.name())) {
        continue;
      }
      List<StepUnit> units = units(table, inputs.get(table), wish);
      if (units.isEmpty()) {
        nothingToDo.add(table.name());
      } else {
        Stage stage = stage(table).orElseThrow();
        steps.add(new Plan.Step(table, stage, inputs.get(table), units, wish.fullRefresh()));
        written
            .computeIfAbsent(table.name(), t -> new HashSet<>())
            .addAll(units.stream().map(u -> u.unit().label()).toList());
      }
    }
    return new Plan(steps, reasons, nothingToDo);
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
    Set<TableName> known = known();
    Map<TableDef, Inputs> inputs = new LinkedHashMap<>();
    for (TableDef table : pipeline.tables()) {
      List<Unit> units = wish.fullRefresh() ? List.of() : Unit.of(table, wish.interval());
      addInputs(request(table, units, known), inputs);
    }
    return inputs;
  }

  /** A full refresh reads the files of everything that is done, too. */
  private void addFiles(Set<TableName> selected, Wish wish, Map<TableDef, Inputs> inputs) {
    Set<TableName> known = known();
    pipeline.tables().stream()
        .filter(table -> selected.contains(table.name()))
        .forEach(table -> addInputs(request(table, wanted(table, wish), known), inputs));
  }

  private Set<TableName> known() {
    Set<TableName> known = new HashSet<>(branches.tables(Optional.empty()));
    pipeline.tables().forEach(t -> known.add(t.name()));
    return known;
  }

  private Stage.InputRequest request(TableDef table, List<Unit> units, Set<TableName> known) {
    return new Stage.InputRequest(pipeline, table, units, known, hadoop);
  }

  private void addInputs(Stage.InputRequest request, Map<TableDef, Inputs> inputs) {
    TableDef table = request.table();
    stage(table)
        .ifPresent(
            stage -> {
              try {
                inputs.put(table, stage.inputs(request));
              } catch (AfpException e) {
                broken.put(table.name(), e.problems());
              }
            });
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

  private Optional<Stage> stage(TableDef table) {
    return stages.stream().filter(s -> s.fills(table)).findFirst();
  }

  /** Every table behind those that it reads. */
  private static List<TableDef> inOrder(Map<TableDef, Inputs> inputs) {
    Map<TableName, TableDef> byName =
        inputs.keySet().stream().collect(Collectors.toMap(TableDef::name, t -> t));
    List<TableDef> order = new ArrayList<>();
    inputs.keySet().forEach(table -> visit(table, inputs, byName, new ArrayList<>(), order));
    return order;
  }

  private static void visit(
      TableDef table,
      Map<TableDef, Inputs> inputs,
      Map<TableName, TableDef> byName,
      List<TableName> path,
      List<TableDef> order) {
    if (order.contains(table)) {
      return;
    }
    if (path.contains(table.name())) {
      throw cycle(table, path);
    }
    path.add(table.name());
    inputs.get(table).tables().stream()
        .sorted()
        .map(byName::get)
        .filter(upstream -> upstream != null)
        .forEach(upstream -> visit(upstream, inputs, byName, path, order));
    path.remove(table.name());
    order.add(table);
  }

  private static AfpException cycle(TableDef table, List<TableName> path) {
    List<TableName> circle = new ArrayList<>(path.subList(path.indexOf(table.name()), path.size()));
    circle.add(table.name());
    return AfpException.at(
        Location.file(table.file()),
        ErrorCode.DEPENDENCY_CYCLE,
        "Cannot order the models: they read each other in a circle (%s)"
            .formatted(
                circle.stream().map(TableName::toString).collect(Collectors.joining(" -> "))),
        "Take one of these tables out of the query of another.");
  }

  private List<StepUnit> units(TableDef table, Inputs inputs, Wish wish) {
    String hash = DefinitionHash.of(table, pipeline.interval());
    List<StepUnit> todo = new ArrayList<>();
    for (Unit unit : wanted(table, wish)) {
      StepUnit wanted = new StepUnit(unit, hash, texts(table, inputs, unit));
      Optional<String> reason = reason(table, wanted, wish);
      if (reason.isPresent()) {
        todo.add(wanted);
        reasons
            .computeIfAbsent(table.name(), t -> new LinkedHashMap<>())
            .put(unit.label(), reason.get());
      }
    }
    return todo;
  }

  /** In their order; for a full refresh also those that are done. */
  private List<Unit> wanted(TableDef table, Wish wish) {
    List<Unit> asked = Unit.of(table, wish.interval());
    if (!wish.fullRefresh() || !table.hasInterval()) {
      return asked;
    }
    Set<String> labels = done(table.name()).keySet();
    Stream<Unit> done = Unit.covering(labels, pipeline.interval().orElseThrow());
    return Stream.concat(done, asked.stream())
        .distinct()
        .sorted(Comparator.comparing(unit -> unit.interval().orElseThrow().start()))
        .toList();
  }

  private Optional<String> reason(TableDef table, StepUnit wanted, Wish wish) {
    if (wish.fullRefresh()) {
      return Optional.of("the table is built anew");
    }
    Optional<String> reason =
        wish.restate() && table.hasInterval()
            ? Optional.of("it is to be done again")
            : reason(table.name(), wanted);
    reason.ifPresent(r -> requireFirstAppend(table));
    return reason;
  }

  /**
   * Without intervals nothing says which rows are new: appending again would double the old ones.
   */
  private void requireFirstAppend(TableDef table) {
    boolean appends = table.write().mode() == WriteDef.WriteMode.APPEND && !table.hasInterval();
    if (appends && branches.tables(Optional.empty()).contains(table.name())) {
      throw AfpException.at(
          Location.file(table.file()),
          ErrorCode.INTERVAL_EXISTS,
          "Cannot append to table %s again: it is there already, and nothing says which rows are new"
              .formatted(table.name()),
          "Declare write.interval_column, so that each interval is appended once, or use mode replace.");
    }
  }

  /** Why a unit is to be done; empty when it is done. */
  private Optional<String> reason(TableName table, StepUnit wanted) {
    Done found = done(table).get(wanted.unit().label());
    if (found == null) {
      return Optional.of("it is not in the table yet");
    }
    if (!found.definitionHash().equals(wanted.definitionHash())) {
      return Optional.of("the definition changed");
    }
    return found.inputs().equals(wanted.inputs())
        ? Optional.empty()
        : Optional.of(String.join(", ", InputText.differences(found.inputs(), wanted.inputs())));
  }

  private Map<String, Done> done(TableName table) {
    return done.computeIfAbsent(table, doneUnits::of);
  }

  private List<String> texts(TableDef table, Inputs inputs, Unit unit) {
    List<String> texts = new ArrayList<>();
    inputs
        .files()
        .getOrDefault(unit, List.of())
        .forEach(f -> texts.add(InputText.file(f.path(), f.checksum())));
    inputs.tables().forEach(t -> texts.add(InputText.table(t, version(table, t, unit))));
    texts.sort(null);
    return texts;
  }

  /**
   * The release that last wrote this unit of the upstream table, or, where units do not match, that
   * last changed it.
   */
  private String version(TableDef table, TableName upstream, Unit unit) {
    boolean sameUnits =
        table.hasInterval() && pipeline.table(upstream).filter(TableDef::hasInterval).isPresent();
    Set<String> ofRun = written.getOrDefault(upstream, Set.of());
    if (sameUnits ? ofRun.contains(unit.label()) : !ofRun.isEmpty()) {
      return InputText.THIS_RUN;
    }
    if (sameUnits) {
      Done found = done(upstream).get(unit.label());
      return found == null ? NONE : Long.toString(found.release());
    }
    return doneUnits.version(upstream).orElse(NONE);
  }
}
