package io.afp.core.job;

import io.afp.core.catalog.Branches;
import io.afp.core.definition.DefinitionHash;
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
      Optional<Interval> interval, boolean restate, boolean fullRefresh, Selection selection) {}

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
    inputs = new ShownByViews(inputs, neighbours).added();
    List<TableDef> order = TableOrder.of(inputs, neighbours);
    requireSound(selected, wish);
    for (TableDef table : order) {
      if (!selected.contains(table.name())) {
        continue;
      }
      List<StepUnit> units = units(table, inputs.get(table), wish);
      if (units.isEmpty()) {
        nothingToDo.add(table.name());
      } else {
        Stage stage = stage(table).orElseThrow();
        steps.add(new Plan.Step(table, stage, inputs.get(table), units, wish.fullRefresh()));
        versions.write(table.name(), units.stream().map(u -> u.unit().label()).toList());
      }
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
        .forEach(table -> addInputs(table, wanted(table, wish), wish, inputs));
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
      try {
        files.putAll(stage.inputs(request(pipeline, table, List.of(unit))).files());
      } catch (AfpException e) {
        if (e.code() != ErrorCode.NO_INPUT) {
          throw e;
        }
        unready.computeIfAbsent(table.name(), t -> new HashSet<>()).add(unit.label());
      }
    }
    return Inputs.ofFiles(files);
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

  private List<StepUnit> units(TableDef table, Inputs inputs, Wish wish) {
    String hash = DefinitionHash.of(table, pipeline.interval());
    List<StepUnit> todo = new ArrayList<>();
    for (Unit unit : wanted(table, wish)) {
      StepUnit wanted = new StepUnit(unit, hash, texts(inputs, unit));
      Optional<Reason> reason = reason(table, wanted, wish);
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
    Set<String> labels = versions.done(table.name()).keySet();
    Stream<Unit> done = Unit.covering(labels, pipeline.interval().orElseThrow());
    return Stream.concat(done, asked.stream())
        .distinct()
        .sorted(Comparator.comparing(unit -> unit.interval().orElseThrow().start()))
        .toList();
  }

  private Optional<Reason> reason(TableDef table, StepUnit wanted, Wish wish) {
    if (wish.fullRefresh()) {
      return Optional.of(Reason.builtAnew());
    }
    Optional<Reason> reason =
        reason(table.name(), wanted).or(() -> restated(table, wanted.unit(), wish.restate()));
    reason.ifPresent(r -> requireFirstAppend(table));
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
  private Optional<Reason> reason(TableName table, StepUnit wanted) {
    Done found = versions.done(table).get(wanted.unit().label());
    boolean gone = unready.getOrDefault(table, Set.of()).contains(wanted.unit().label());
    if (found == null) {
      return Optional.of(gone ? Reason.withoutFile() : Reason.missing());
    }
    if (!found.definitionHash().equals(wanted.definitionHash())) {
      return Optional.of(Reason.stale("the definition changed"));
    }
    return gone || found.inputs().equals(wanted.inputs())
        ? Optional.empty()
        : Optional.of(
            Reason.stale(
                String.join(", ", InputText.differences(found.inputs(), wanted.inputs()))));
  }

  private Optional<Reason> restated(TableDef table, Unit unit, boolean restate) {
    return Optional.ofNullable(versions.done(table.name()).get(unit.label()))
        .filter(done -> restate && table.hasInterval() && done.release() <= restateUpTo)
        .map(done -> Reason.restated());
  }

  private List<String> texts(Inputs inputs, Unit unit) {
    List<String> texts = new ArrayList<>();
    inputs
        .files()
        .getOrDefault(unit, List.of())
        .forEach(f -> texts.add(InputText.file(f.path(), f.checksum())));
    inputs.tables().forEach(t -> texts.add(InputText.table(t, versions.of(t, unit))));
    inputs.javaClass().ifPresent(c -> texts.add(InputText.javaClass(c.name(), c.checksum())));
    texts.sort(null);
    return texts;
  }
}
