package io.afp.agentic.metrics;

import io.afp.agentic.evidence.TaskState;
import io.afp.agentic.finding.Finding;
import io.afp.agentic.lint.Lint;
import io.afp.agentic.model.ProcessModel;
import io.afp.agentic.modules.Module;
import io.afp.agentic.modules.ModuleRules;
import io.afp.agentic.prompt.Outcome.Status;
import io.afp.agentic.prompt.PromptLog;
import io.afp.agentic.prompt.PromptLog.Sealed;
import io.afp.agentic.scaffold.Survey;
import io.afp.agentic.tasks.TaskFile;
import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.TableDef;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/** Computes the measures of success of a project. */
public final class Metrics {

  private static final double MINUTES = 60.0;

  private final ProcessModel model;
  private final Survey survey;
  private final List<TaskState> states;

  /** For a project, with what was found in it. */
  public Metrics(ProcessModel model, Survey survey) {
    this.model = model;
    this.survey = survey;
    this.states = model.states();
  }

  /** All of them, in the order of the process. */
  public List<Metric> all() {
    return List.of(
        efficiency(),
        consistency(),
        documentedModules(),
        documentedColumns(),
        checkedTables(),
        reuse(),
        velocity(),
        firstTimeRight(),
        prompts());
  }

  /** Of the closed tasks that say what they take without an agent. */
  private Metric efficiency() {
    double baseline = 0;
    double taken = 0;
    int tasks = 0;
    for (TaskState state : states) {
      Optional<Duration> took = state.took();
      if (took.isPresent() && state.task().header().baselineHours().isPresent()) {
        baseline += state.task().header().baselineHours().get();
        taken += took.get().toMinutes() / MINUTES;
        tasks++;
      }
    }
    OptionalDouble saved =
        baseline == 0
            ? OptionalDouble.empty()
            : OptionalDouble.of(Math.round(1000 * (1 - taken / baseline)) / 10.0);
    return new Metric(
        "time saved", saved, "%", "%d closed tasks with baseline_hours".formatted(tasks));
  }

  private Metric consistency() {
    Set<String> wrong =
        Lint.check(model, states).stream()
            .filter(Finding::isError)
            .map(Finding::path)
            .collect(Collectors.toSet());
    long all = model.tree().texts().size();
    long good =
        model.tree().texts().keySet().stream().filter(path -> !wrong.contains(path)).count();
    return Metric.share("consistency", good, all, "files without an error of lint");
  }

  private Metric documentedModules() {
    List<Module> modules = model.structure().modules();
    long good = modules.stream().filter(m -> ModuleRules.hasRationale(model.tree(), m)).count();
    return Metric.share("documented modules", good, modules.size(), "modules with a rationale");
  }

  private Metric documentedColumns() {
    List<ColumnDef> columns =
        survey.tables().stream().flatMap(table -> table.columns().stream()).toList();
    long good = columns.stream().filter(column -> column.description().isPresent()).count();
    return Metric.share("documented columns", good, columns.size(), "columns with a description");
  }

  private Metric checkedTables() {
    List<TableDef> tables = survey.tables();
    long good = tables.stream().filter(t -> !t.key().isEmpty() || !t.allChecks().isEmpty()).count();
    return Metric.share("checked tables", good, tables.size(), "tables with a key or a check");
  }

  /** A guide that only one task has used is not reused. */
  private Metric reuse() {
    Map<String, Integer> used = new HashMap<>();
    for (TaskFile task : model.tasks()) {
      task.contextFiles().stream()
          .map(TaskFile.ContextReference::path)
          .distinct()
          .forEach(path -> used.merge(path, 1, Integer::sum));
    }
    long again = used.values().stream().filter(times -> times > 1).count();
    return Metric.share("reuse", again, used.size(), "context files that several tasks name");
  }

  private Metric velocity() {
    List<Double> hours =
        states.stream()
            .flatMap(state -> state.took().stream())
            .map(Duration::toMinutes)
            .map(minutes -> minutes / MINUTES)
            .sorted()
            .toList();
    OptionalDouble median =
        hours.isEmpty()
            ? OptionalDouble.empty()
            : OptionalDouble.of(Math.round(10 * hours.get(hours.size() / 2)) / 10.0);
    return new Metric(
        "velocity", median, "h", "from start to close, median of %d tasks".formatted(hours.size()));
  }

  private Metric firstTimeRight() {
    List<TaskState> judged = states.stream().filter(TaskState::wasProven).toList();
    long right = judged.stream().filter(state -> !state.everFailed()).count();
    return Metric.share(
        "right the first time", right, judged.size(), "tasks without a failed command");
  }

  private Metric prompts() {
    List<Sealed> records = PromptLog.read(model.tree().root()).all();
    long good = records.stream().filter(record -> record.is(Status.SUCCESS)).count();
    return Metric.share("prompts that succeeded", good, records.size(), "records");
  }
}
