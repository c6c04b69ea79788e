package io.afp.agentic.model;

import io.afp.agentic.evidence.TaskState;
import io.afp.agentic.modules.ModuleTasks;
import io.afp.agentic.tasks.TaskStatus;
import java.util.List;

/**
 * The tasks of a project by their modules.
 *
 * @param states of all tasks
 */
public record TaskOverview(List<TaskState> states) implements ModuleTasks {

  /** Those of a module. */
  public List<TaskState> of(String module) {
    return states.stream().filter(s -> s.task().module().equals(module)).toList();
  }

  @Override
  public long count(String module) {
    return of(module).size();
  }

  @Override
  public List<String> open(String module) {
    return of(module).stream()
        .filter(s -> s.status() != TaskStatus.CLOSED)
        .map(s -> s.task().id())
        .toList();
  }

  /** How much of a module is proven, in percent of the criteria of its tasks. */
  public int completion(String module) {
    long all = of(module).stream().mapToLong(s -> s.proofs().size()).sum();
    long proven = of(module).stream().mapToLong(TaskState::proven).sum();
    return all == 0 ? 0 : (int) (100 * proven / all);
  }
}
