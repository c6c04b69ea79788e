package io.afp.agentic.lifecycle;

import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.tree.ProcessTree;
import java.util.List;
import java.util.Optional;

/** What holds of approvals. */
public final class ApprovalRules {

  private final ProcessTree tree;
  private final Lifecycle lifecycle;
  private final Approvals approvals;
  private final Findings findings;

  /** Rules for the approvals of a project. */
  public ApprovalRules(
      ProcessTree tree, Lifecycle lifecycle, Approvals approvals, Findings findings) {
    this.tree = tree;
    this.lifecycle = lifecycle;
    this.approvals = approvals;
    this.findings = findings;
  }

  /** Finds what is wrong with all approvals. */
  public void check() {
    if (approvals.brokenLine() > 0) {
      findings.add(
          Code.PHA003,
          Approvals.PATH,
          approvals.brokenLine(),
          "Cannot believe the approvals: this line is not as it was written");
      return;
    }
    for (Phase phase : lifecycle.phases()) {
      approvals.of(phase.id()).ifPresent(approval -> check(phase, approval));
    }
  }

  /** A change is told once, by the phase that left the file, if that is approved. */
  private void check(Phase phase, Approval approval) {
    checkNeeds(phase);
    for (String file : approval.changed(ArtifactState.of(tree, lifecycle, phase))) {
      boolean own = phase.artifacts().stream().anyMatch(a -> Lifecycle.place(a).equals(file));
      boolean told = !own && phase.requires().stream().anyMatch(p -> approvals.of(p).isPresent());
      if (!told) {
        findings.add(
            Code.PHA002,
            file,
            0,
            "Cannot rely on the approval of phase %s by %s: %s was changed since"
                .formatted(phase.id(), approval.by().name(), file),
            "Look at the change, then run `afp phase approve %s`.".formatted(phase.id()));
      }
    }
  }

  /** Finds phases that a phase rests on and nobody has approved. */
  public void checkNeeds(Phase phase) {
    for (String before : phase.requires()) {
      if (approvals.of(before).isEmpty()) {
        findings.add(
            Code.PHA001,
            Approvals.PATH,
            0,
            "Cannot rest phase %s on phase %s: it is not approved".formatted(phase.id(), before),
            "Run `afp phase approve %s`.".formatted(before));
      }
    }
  }

  /** The state of a phase. */
  public PhaseState state(Phase phase, boolean complete) {
    Optional<Approval> approval =
        approvals.brokenLine() > 0 ? Optional.empty() : approvals.of(phase.id());
    List<String> changed =
        approval.map(a -> a.changed(ArtifactState.of(tree, lifecycle, phase))).orElse(List.of());
    return new PhaseState(
        phase, PhaseState.Status.of(complete, approval, changed), approval, changed);
  }
}
