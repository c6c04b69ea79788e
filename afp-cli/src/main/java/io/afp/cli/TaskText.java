package io.afp.cli;

import io.afp.agentic.evidence.TaskState;
import io.afp.agentic.tasks.Criterion;
import io.afp.agentic.tasks.TaskFile;

/** A task as people read it. */
final class TaskText {

  private TaskText() {}

  static String of(TaskState state) {
    TaskFile task = state.task();
    TextTable files = new TextTable("deliverable", "state");
    task.deliverables()
        .forEach(each -> files.row(each.path(), TaskJson.stateOf(state, each.path())));
    return "%s: %s\n%s, %d of %d proven\n\n%s\n\n%s"
        .formatted(
            task.id(),
            task.title().orElse(""),
            state.status(),
            state.proven(),
            state.proofs().size(),
            files.fit("deliverable"),
            criteria(state));
  }

  private static String criteria(TaskState state) {
    TextTable table = new TextTable("criterion", "proof", "judged by", "text");
    for (Criterion each : state.task().criteria()) {
      table.row(
          each.id(),
          state.proofs().get(each.id()).toString(),
          each.verify().or(each::manual).orElse(""),
          each.text());
    }
    StringBuilder text = new StringBuilder(table.fit("criterion"));
    for (Criterion each : state.task().criteria()) {
      state
          .said(each.id())
          .ifPresent(said -> text.append("\n\n%s said:\n%s".formatted(each.id(), said)));
    }
    return text.toString();
  }
}
