package io.afp.agentic.model;

import io.afp.agentic.context.ContextFile;
import io.afp.agentic.context.SystemContext;
import io.afp.agentic.evidence.Checksums;
import io.afp.agentic.evidence.CommittedLines;
import io.afp.agentic.evidence.EvidenceRules;
import io.afp.agentic.evidence.Journal;
import io.afp.agentic.evidence.TaskProject;
import io.afp.agentic.evidence.TaskState;
import io.afp.agentic.evidence.TaskWork;
import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Finding;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.modules.Module;
import io.afp.agentic.modules.ModuleLedger;
import io.afp.agentic.modules.ModuleStructure;
import io.afp.agentic.tasks.TaskFile;
import io.afp.agentic.tasks.TaskReader;
import io.afp.agentic.tasks.TaskRules;
import io.afp.agentic.tree.Git;
import io.afp.agentic.tree.ProcessTree;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.yaml.Nearest;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * The artefacts of a project, as far as they can be read.
 *
 * @param problems what could not be read
 */
public record ProcessModel(
    ProcessTree tree,
    SystemContext context,
    ModuleStructure structure,
    ModuleLedger ledger,
    List<TaskFile> tasks,
    Findings problems) {

  /**
   * Reads a project.
   *
   * @param root absolute and normalised
   * @throws AfpException PROCESS_MISSING if it has no process
   */
  public static ProcessModel read(Path root) {
    ProcessTree tree = ProcessTree.read(root);
    Findings problems = new Findings();
    problems.addAll(tree.unreadable().all());
    return new ProcessModel(
        tree,
        ContextFile.read(tree, problems),
        ModuleStructure.read(tree, problems),
        ModuleLedger.read(tree, problems),
        TaskReader.all(tree, problems),
        problems);
  }

  /**
   * The task of an id.
   *
   * @throws AfpException UNKNOWN_TASK if there is none
   */
  public TaskFile task(String id) {
    List<String> known = tasks.stream().map(TaskFile::id).toList();
    return tasks.stream()
        .filter(task -> task.id().equals(id) || task.path().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new AfpException(
                    ErrorCode.UNKNOWN_TASK,
                    "Cannot find the task: there is none of that name (task=%s)".formatted(id),
                    Nearest.fix(id, known, "`afp task list` shows all.")));
  }

  /**
   * The module of a name.
   *
   * @throws AfpException UNKNOWN_TASK if there is none
   */
  public Module module(String name) {
    return structure
        .find(name)
        .orElseThrow(
            () ->
                new AfpException(
                    ErrorCode.UNKNOWN_TASK,
                    "Cannot find the module: %s has none of that name (module=%s)"
                        .formatted(ModuleStructure.PATH, name),
                    Nearest.fix(name, structure.names(), "`afp module list` shows all.")));
  }

  /** How far a task is. */
  public TaskState state(TaskFile task) {
    return state(task, new Checksums(tree.root()));
  }

  /** How far all tasks are. */
  public List<TaskState> states() {
    Checksums now = new Checksums(tree.root());
    return tasks.stream().map(task -> state(task, now)).toList();
  }

  private TaskState state(TaskFile task, Checksums now) {
    return TaskState.of(now, task, context);
  }

  /**
   * What stands against working on a task: what is wrong with it as it is written, a context that
   * can't be read and so allows nothing, and evidence that was edited.
   */
  public Findings check(TaskFile task) {
    Findings findings = new Findings();
    findings.addAll(problems.all().stream().filter(f -> f.path().equals(task.path())).toList());
    findings.addAll(unreadContext());
    new EvidenceRules(around(), findings).checkJournal(task, Journal.read(tree.root(), task));
    Git.blobs(tree.root(), "HEAD", Journal.path(task))
        .ifPresent(
            lines -> new CommittedLines(tree.root(), Map.of(), findings).check(lines, tasks));
    new TaskRules(tree, context, structure, findings).check(task);
    return findings;
  }

  /** Why the context can't be read, where it can't: nothing may be made from what it says. */
  public List<Finding> unreadContext() {
    String context = ProcessTree.path(ContextFile.PATH);
    return problems.all().stream()
        .filter(f -> f.code() == Code.CTX001 || f.path().equals(context))
        .toList();
  }

  /** What a task has around it. */
  public TaskProject around() {
    return new TaskProject(tree, context, tasks);
  }

  /** Work on a task. */
  public TaskWork work(TaskFile task, Clock clock) {
    return new TaskWork(around(), task, clock);
  }
}
