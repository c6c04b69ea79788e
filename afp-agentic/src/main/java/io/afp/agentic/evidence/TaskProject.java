package io.afp.agentic.evidence;

import io.afp.agentic.context.SystemContext;
import io.afp.agentic.tasks.TaskFile;
import io.afp.agentic.tree.ProcessTree;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * The project around a task.
 *
 * @param tasks all of them
 */
public record TaskProject(ProcessTree tree, SystemContext context, List<TaskFile> tasks) {

  Path root() {
    return tree.root();
  }

  /** Whether there was work on another task that delivers a file, at a time or after it. */
  boolean isDeliveredSince(String path, TaskFile task, Instant time) {
    return tasks.stream()
        .filter(other -> !other.id().equals(task.id()) && other.deliverablePaths().contains(path))
        .map(other -> Journal.read(root(), other))
        .anyMatch(journal -> journal.isWorkedOnSince(time));
  }
}
