package io.afp.agentic.evidence;

import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.tasks.Criterion;
import io.afp.agentic.tasks.TaskFile;
import io.afp.agentic.tasks.TaskStatus;
import java.util.List;
import java.util.Set;

/**
 * Finds what a task claims and its evidence does not show. Each claim is reported once, under the
 * code of what is wrong with it first: an edited journal explains all, a file without work explains
 * the boxes that are ticked for it.
 */
public final class EvidenceRules {

  private static final String ABSENT = "it is not there, is empty, or is a link";

  private final TaskProject project;
  private final Findings findings;

  /** Rules for the tasks of a project. */
  public EvidenceRules(TaskProject project, Findings findings) {
    this.project = project;
    this.findings = findings;
  }

  /** Finds what is wrong with the claims of a task. */
  public void check(TaskState state) {
    if (!checkJournal(state.task(), state.journal())) {
      return;
    }
    int before = findings.size();
    checkClaims(state);
    checkWork(state);
    if (findings.size() == before) {
      checkStatus(state);
    }
  }

  /**
   * Finds a journal that was edited.
   *
   * @return whether it can be believed
   */
  public boolean checkJournal(TaskFile task, Journal journal) {
    if (journal.brokenLine() > 0) {
      findings.add(
          Code.TSK008,
          Journal.path(task),
          journal.brokenLine(),
          "Cannot believe the evidence of %s: this line is not as it was written, or behind a link"
              .formatted(task.id()));
      return false;
    }
    return true;
  }

  private void checkClaims(TaskState state) {
    List<Criterion> ticked = state.task().criteria().stream().filter(Criterion::ticked).toList();
    boolean claims =
        !ticked.isEmpty() || state.task().header().status().compareTo(TaskStatus.VERIFIED) >= 0;
    if (state.isStarted() && claims && state.status() != TaskStatus.CLOSED && state.lacksWork()) {
      reportDeliverables(state);
      return;
    }
    if (state.status() == TaskStatus.CLOSED) { // later tasks may change a file, not lose it
      state.absent().forEach(path -> deliverable(state.task(), path, ABSENT));
      new OwnershipRules(project, findings).checkClosed(state);
    }
    for (Criterion criterion : ticked) {
      Proof proof = state.proofs().get(criterion.id());
      if (proof == Proof.OPEN || proof == Proof.STALE) {
        String why = proof == Proof.STALE ? "what was judged has changed" : "nothing has judged it";
        findings.add(
            Code.TSK006,
            state.task().path(),
            criterion.line(),
            "Cannot count %s of %s as done: %s".formatted(criterion.id(), state.task().id(), why),
            "Run `afp task verify %s`, which ticks what is proven.".formatted(state.task().id()));
      }
    }
  }

  /** Finds deliverables without work. */
  void reportDeliverables(TaskState state) {
    state.absent().forEach(path -> deliverable(state.task(), path, ABSENT));
    state
        .unchanged()
        .forEach(path -> deliverable(state.task(), path, "it is as it was when the work began"));
  }

  private void deliverable(TaskFile task, String path, String why) {
    int line =
        task.deliverables().stream()
            .filter(d -> d.path().equals(path))
            .findFirst()
            .map(TaskFile.Deliverable::line)
            .orElse(1);
    findings.add(
        Code.TSK005,
        task.path(),
        line,
        "Cannot count %s of %s as delivered: %s".formatted(path, task.id(), why));
  }

  /** Finds what stands against the work itself, whatever is ticked for it. */
  void checkWork(TaskState state) {
    new OwnershipRules(project, findings).checkTests(state);
    checkFailures(state);
    checkPromises(state);
  }

  private void checkFailures(TaskState state) {
    for (Criterion criterion : state.task().criteria()) {
      if (state.proofs().get(criterion.id()) == Proof.FAILED) {
        String said =
            state
                .journal()
                .judged(criterion.id())
                .map(e -> e.json().path("failure").asText())
                .orElse("");
        findings.add(
            Code.TSK016,
            state.task().path(),
            criterion.line(),
            "Cannot tick %s of %s: %s".formatted(criterion.id(), state.task().id(), said));
      }
    }
  }

  private void checkPromises(TaskState state) {
    if (!state.isStarted()) {
      return;
    }
    checkList(state);
    List<String> before = state.journal().start().map(Entry::promises).orElse(List.of());
    for (Criterion criterion : state.task().criteria()) {
      if (!before.contains(criterion.promise())) {
        findings.add(
            Code.TSK014,
            state.task().path(),
            criterion.line(),
            "Cannot compare %s of %s: it is another one than when the work began"
                .formatted(criterion.id(), state.task().id()));
      }
    }
    if (state.task().criteria().size() < before.size()) {
      findings.add(
          Code.TSK014,
          state.task().path(),
          1,
          "Cannot compare the criteria of %s: there were more when the work began (were=%d)"
              .formatted(state.task().id(), before.size()));
    }
  }

  private void checkList(TaskState state) {
    Set<String> before = state.journal().start().map(Entry::promised).orElse(Set.of());
    if (!before.equals(state.task().deliverablePaths())) {
      findings.add(
          Code.TSK014,
          state.task().path(),
          1,
          "Cannot compare the deliverables of %s: they are others than when the work began (were=%s)"
              .formatted(state.task().id(), String.join(", ", before)));
    }
  }

  private void checkStatus(TaskState state) {
    TaskStatus written = state.task().header().status();
    if (state.task().header().isThere() && written != state.status()) {
      findings.add(
          Code.TSK010,
          state.task().path(),
          state.task().line("status"),
          "Cannot take %s as %s: its evidence says %s"
              .formatted(state.task().id(), written, state.status()));
    }
  }
}
