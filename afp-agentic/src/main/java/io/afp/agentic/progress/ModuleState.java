package io.afp.agentic.progress;

import io.afp.agentic.evidence.TaskState;
import io.afp.agentic.model.ProcessModel;
import io.afp.agentic.model.TaskOverview;
import io.afp.agentic.modules.Module;
import io.afp.agentic.tasks.TaskStatus;
import java.util.List;
import java.util.Locale;

/**
 * How far a module is.
 *
 * @param completion of the criteria of its tasks, in percent
 */
public record ModuleState(Module module, Status status, int completion, List<TaskState> tasks) {

  /** How far a module can be. */
  public enum Status {
    PLANNED,
    IN_PROGRESS,
    VERIFIED,
    CLOSED;

    /** As commands write it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** The states of all modules, in the order in which they are declared. */
  public static List<ModuleState> all(ProcessModel model) {
    TaskOverview overview = new TaskOverview(model.states());
    return model.structure().modules().stream().map(m -> of(model, overview, m)).toList();
  }

  /** The state of a module. */
  public static ModuleState of(ProcessModel model, Module module) {
    return of(model, new TaskOverview(model.states()), module);
  }

  private static ModuleState of(ProcessModel model, TaskOverview overview, Module module) {
    List<TaskState> tasks = overview.of(module.name());
    return new ModuleState(
        module, status(model, module, tasks), overview.completion(module.name()), tasks);
  }

  private static Status status(ProcessModel model, Module module, List<TaskState> tasks) {
    if (model.ledger().isClosed(module.name())) {
      return Status.CLOSED;
    }
    if (tasks.stream().noneMatch(TaskState::isStarted)) {
      return Status.PLANNED;
    }
    boolean verified = tasks.stream().allMatch(t -> t.status().compareTo(TaskStatus.VERIFIED) >= 0);
    return verified ? Status.VERIFIED : Status.IN_PROGRESS;
  }
}
