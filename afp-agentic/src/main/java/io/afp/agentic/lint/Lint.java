package io.afp.agentic.lint;

import io.afp.agentic.evidence.CommittedLines;
import io.afp.agentic.evidence.EvidenceRules;
import io.afp.agentic.evidence.Journal;
import io.afp.agentic.evidence.OrphanRules;
import io.afp.agentic.evidence.TaskState;
import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Finding;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.lifecycle.ApprovalRules;
import io.afp.agentic.lifecycle.Approvals;
import io.afp.agentic.lifecycle.Lifecycle;
import io.afp.agentic.model.ProcessModel;
import io.afp.agentic.model.TaskOverview;
import io.afp.agentic.modules.ModuleRules;
import io.afp.agentic.prompt.PromptLog;
import io.afp.agentic.tasks.TaskRules;
import io.afp.agentic.tree.Git;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds everything that is wrong with the process of a project. Runs nothing and writes nothing.
 */
public final class Lint {

  private static final Map<String, Code> OTHERS =
      Map.of(Approvals.PATH, Code.PHA003, PromptLog.PATH, Code.PRM005);

  private Lint() {}

  /** All findings, by file, line and code. */
  public static List<Finding> check(ProcessModel model) {
    return check(model, model.states());
  }

  /**
   * All findings, by file, line and code.
   *
   * @param states of all tasks of the model
   */
  public static List<Finding> check(ProcessModel model, List<TaskState> states) {
    Findings findings = new Findings();
    committed(model, "HEAD").ifPresent(findings::addAll);
    findings.addAll(model.problems().all());
    new DocumentRules(model.tree(), findings).check();
    new LayoutRules(model, findings).check();
    new AgentFileRules(model.tree().root(), findings).check();
    new DecisionRules(model.tree(), findings).check();
    new RequirementRules(model, findings).check();
    new ContextRules(model, findings).check();
    modules(model, states, findings);
    TaskRules rules = new TaskRules(model.tree(), model.context(), model.structure(), findings);
    EvidenceRules evidence = new EvidenceRules(model.around(), findings);
    for (TaskState state : states) {
      rules.check(state.task());
      evidence.check(state);
    }
    OrphanRules.check(model.tree().root(), model.tasks(), findings);
    new ApprovalRules(
            model.tree(), Lifecycle.standard(), Approvals.read(model.tree().root()), findings)
        .check();
    new PromptRules(model.tree(), states, findings).check();
    new SecretRules(model.tree(), findings).check();
    return findings.all();
  }

  /**
   * What of evidence and approvals was rewritten since a commit; empty where git knows none such.
   */
  public static Optional<List<Finding>> committed(ProcessModel model, String commit) {
    Path root = model.tree().root();
    return Git.blobs(root, commit, Journal.FOLDER, Approvals.PATH, PromptLog.PATH)
        .map(
            lines -> {
              Findings findings = new Findings();
              new CommittedLines(root, OTHERS, findings).check(lines, model.tasks());
              return findings.all();
            });
  }

  /** What is wrong with the modules. */
  public static List<Finding> checkModules(ProcessModel model) {
    Findings findings = new Findings();
    findings.addAll(
        model.problems().all().stream().filter(f -> f.code().area().equals("MOD")).toList());
    modules(model, model.states(), findings);
    return findings.all();
  }

  /** What is wrong with the records of prompts. */
  public static List<Finding> checkPrompts(ProcessModel model) {
    Findings findings = new Findings();
    committed(model, "HEAD").ifPresent(findings::addAll);
    new PromptRules(model.tree(), model.states(), findings).check();
    return findings.all().stream().filter(f -> f.code().area().equals("PRM")).toList();
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
