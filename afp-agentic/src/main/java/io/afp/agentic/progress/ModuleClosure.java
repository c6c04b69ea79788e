package io.afp.agentic.progress;

import io.afp.agentic.evidence.TaskState;
import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Finding;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.lint.Lint;
import io.afp.agentic.model.ProcessModel;
import io.afp.agentic.model.TaskOverview;
import io.afp.agentic.modules.Module;
import io.afp.agentic.modules.ModuleLedger;
import io.afp.agentic.modules.ModuleRules;
import io.afp.agentic.modules.ModuleStructure;
import io.afp.agentic.tasks.TaskReader;
import io.afp.agentic.tree.ProcessTree;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** Closes a module: what has to hold of one that is closed is checked before it is. */
public final class ModuleClosure {

  private ModuleClosure() {}

  /** What stands against it: of the module as if it were closed, and of the files of its tasks. */
  public static List<Finding> check(ProcessModel model, Module module) {
    Findings findings = new Findings();
    List<TaskState> states = model.states();
    TaskOverview tasks = new TaskOverview(states);
    ModuleLedger closed = new ModuleLedger(Map.of(module.name(), ""));
    new ModuleRules(
            model.tree(), model.structure(), model.context().limits(), closed, tasks, findings)
        .check(module);
    if (tasks.count(module.name()) == 0) {
      findings.add(
          Code.MOD009,
          ProcessTree.path(ModuleStructure.PATH),
          module.line(),
          "Cannot accept module %s: it has no task".formatted(module.name()));
    }
    String folder = ProcessTree.path("%s/%s/".formatted(TaskReader.FOLDER, module.name()));
    findings.addAll(
        Lint.check(model, states).stream().filter(f -> f.path().startsWith(folder)).toList());
    return findings.all();
  }

  /** The files that say that it is closed, by their paths. */
  public static Map<String, String> files(ProcessModel model, Module module, Clock clock) {
    String ledger = model.ledger().with(module.name(), LocalDate.now(clock));
    return Map.of(ProcessTree.path(ModuleLedger.PATH), ledger);
  }
}
