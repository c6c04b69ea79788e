package io.afp.agentic.gate;

import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Finding;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.journal.Person;
import io.afp.agentic.lifecycle.ApprovalRules;
import io.afp.agentic.lifecycle.Approvals;
import io.afp.agentic.lifecycle.Lifecycle;
import io.afp.agentic.lifecycle.Phase;
import io.afp.agentic.lifecycle.PhaseState;
import io.afp.agentic.lint.Lint;
import io.afp.agentic.model.ProcessModel;
import java.time.Clock;
import java.util.List;

/** The gates of a project. */
public final class PhaseGate {

  private final ProcessModel model;
  private final Lifecycle lifecycle = Lifecycle.standard();
  private final Approvals approvals;
  private final List<Finding> findings;

  /** The gates of a project as it is now. */
  public PhaseGate(ProcessModel model) {
    this.model = model;
    this.approvals = Approvals.read(model.tree().root());
    this.findings = Lint.check(model);
  }

  /**
   * The phase of an id.
   *
   * @throws io.afp.core.error.AfpException UNKNOWN_TASK if there is none
   */
  public Phase phase(String id) {
    return lifecycle.require(id);
  }

  /** How far all phases are. */
  public List<PhaseState> states() {
    return lifecycle.phases().stream().map(this::state).toList();
  }

  /** How far a phase is. */
  public PhaseState state(Phase phase) {
    boolean complete = check(phase).stream().noneMatch(Finding::isError);
    return rules(new Findings()).state(phase, complete);
  }

  /** What stands against a phase: what is missing, what is wrong with it, what it rests on. */
  public List<Finding> check(Phase phase) {
    Findings against = new Findings();
    for (Phase.Artifact artifact : phase.artifacts()) {
      String place = Lifecycle.place(artifact);
      if (!Lifecycle.isThere(model.tree(), artifact)) {
        against.add(
            Code.DOC001,
            place,
            0,
            "Cannot finish phase %s: %s is missing".formatted(phase.id(), place));
      }
      against.addAll(
          findings.stream()
              .filter(f -> f.code() != Code.DOC001 && f.code() != Code.PHA002)
              .filter(f -> f.path().equals(place) || f.path().startsWith(place + "/"))
              .toList());
    }
    rules(against).checkNeeds(phase);
    return against.all();
  }

  private ApprovalRules rules(Findings into) {
    return new ApprovalRules(model.tree(), lifecycle, approvals, into);
  }

  /** Writes down that a person agrees to a phase against which nothing stands. */
  public PhaseState approve(Phase phase, Person by, String note, Clock clock) {
    approvals.approve(model.tree(), lifecycle, phase, by, note, clock);
    return state(phase);
  }

  /** Writes down that a person opens a phase again. */
  public PhaseState reopen(Phase phase, Person by, String note, Clock clock) {
    approvals.reopen(phase, by, note, clock);
    return state(phase);
  }
}
