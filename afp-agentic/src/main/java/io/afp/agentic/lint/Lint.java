package io.afp.agentic.lint;

import io.afp.agentic.evidence.EvidenceRules;
import io.afp.agentic.evidence.OrphanRules;
import io.afp.agentic.evidence.TaskState;
import io.afp.agentic.finding.Finding;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.lifecycle.ApprovalRules;
import io.afp.agentic.lifecycle.Approvals;
import io.afp.agentic.lifecycle.Lifecycle;
import io.afp.agentic.model.ProcessModel;
import io.afp.agentic.model.TaskOverview;
import io.afp.agentic.modules.ModuleRules;
import io.afp.agentic.tasks.TaskRules;
import java.util.List;

/**
 * Finds everything that is wrong with the process of a project. Runs nothing and writes nothing.
 */
public final class Lint {

  private Lint() {}

  /** All findings, by file, line and code. */
  public static List<Finding> check(ProcessModel model) {
    Findings findings = new Findings();
    findings.addAll(model.problems().all());
    List<TaskState> states = model.states();
    new DocumentRules(model.tree(), findings).check();
    new LayoutRules(model, findings).check();
    new RequirementRules(model, findings).check();
    new ContextRules(model, findings).check();
    modules(model, states, findings);
    TaskRules rules = new TaskRules(model.tree(), model.context(), model.structure(), findings);
    EvidenceRules evidence = new EvidenceRules(model.tree().root(), findings);
    for (TaskState state : states) {
      rules.check(state.task());
      evidence.check(state);
    }
    OrphanRules.check(model.tree().root(), model.tasks(), findings);
    new ApprovalRules(
            model.tree(), Lifecycle.standard(), Approvals.read(model.tree().root()), findings)
        .check();
    new SecretRules(model.tree(), findings).check();
    return findings.all();
  }

  /** What is wrong with the modules. */
  public static List<Finding> checkModules(ProcessModel model) {
    Findings findings = new Findings();
    findings.addAll(
        model.problems().all().stream().filter(f -> f.code().area().equals("MOD")).toList());
    modules(model, model.states(), findings);
    return findings.all();
  }

  private static void modules(ProcessModel model, List<TaskState> states, Findings findings) {
    new ModuleRules(
            model.tree(),
            model.structure(),
            model.context().limits(),
            model.ledger(),
            new TaskOverview(states),
            findings)
        .check();
  }
}
