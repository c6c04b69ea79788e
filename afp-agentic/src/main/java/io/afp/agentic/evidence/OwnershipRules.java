package io.afp.agentic.evidence;

import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.tasks.TaskFile;
import io.afp.agentic.tasks.TaskStatus;
import java.util.Map;

/** Finds files that were changed by no task, although the evidence of one rests on them. */
final class OwnershipRules {

  private final TaskProject project;
  private final Findings findings;

  OwnershipRules(TaskProject project, Findings findings) {
    this.project = project;
    this.findings = findings;
  }

  /** What a closed task delivered may be changed by another task, whose commands judge it then. */
  void checkClosed(TaskState state) {
    Entry closing = state.journal().closing().orElseThrow();
    Map<String, String> delivered = closing.deliverables();
    for (String path : state.task().deliverablePaths()) {
      String before = delivered.get(path);
      boolean changed = before != null && !before.equals(state.checksums().of(path));
      if (changed
          && !state.absent().contains(path)
          && !project.isDeliveredSince(path, state.task(), closing.at())) {
        findings.add(
            Code.TSK018,
            path,
            0,
            "Cannot rely on %s, which closed with this file: it was changed by no task"
                .formatted(state.task().id()),
            "Deliver it by a task, or judge it anew by `afp task close %s`."
                .formatted(state.task().id()));
      }
    }
  }

  /**
   * A test that was there at the start has to stay, until a person begins the task anew. Before its
   * end only this task may change it, or work on another one that delivers it; later it is up to
   * later tasks.
   */
  void checkTests(TaskState state) {
    state.journal().start().ifPresent(start -> checkTests(state, start));
  }

  private void checkTests(TaskState state, Entry start) {
    TaskFile task = state.task();
    Judges.of(start)
        .tests()
        .forEach(
            (test, before) -> {
              String now = state.checksums().of(test);
              if (now.equals(Checksums.ABSENT) && !state.absent().contains(test)) {
                test(Code.TSK009, task, test, "one is gone");
              } else if (state.status() != TaskStatus.CLOSED
                  && !now.equals(before)
                  && !task.deliverablePaths().contains(test)
                  && !project.isDeliveredSince(test, task, start.at())) {
                test(Code.TSK019, task, test, "one was changed by no task");
              }
            });
  }

  private void test(Code code, TaskFile task, String test, String why) {
    findings.add(
        code,
        task.path(),
        1,
        "Cannot trust the tests of %s: %s since the work began (file=%s)"
            .formatted(task.id(), why, test));
  }
}
