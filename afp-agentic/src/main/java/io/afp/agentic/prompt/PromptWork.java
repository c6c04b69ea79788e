package io.afp.agentic.prompt;

import io.afp.agentic.command.CommandRun;
import io.afp.agentic.evidence.Proof;
import io.afp.agentic.evidence.TaskState;
import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.model.ProcessModel;
import io.afp.agentic.prompt.Outcome.Status;
import io.afp.agentic.secret.Secrets;
import io.afp.agentic.tasks.TaskFile;
import io.afp.agentic.tree.Git;
import io.afp.agentic.tree.ProcessTree;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Gives prompts to agents, and writes down what came of it: numbers are those of git, success is
 * what evidence says, whatever the agent says.
 */
public final class PromptWork {

  private static final int LONGEST_NOTE = 600;

  /** How much of what an agent says is looked at. */
  private static final int LONGEST_SPEECH = 1 << 16;

  private final Path root;
  private final TaskFile task;
  private final Clock clock;

  /** Work on a task that was started, is not closed, and has no error. */
  public PromptWork(Path root, TaskFile task, Clock clock) {
    this.root = root;
    this.task = task;
    this.clock = clock;
  }

  /**
   * What was written down.
   *
   * @param path of the record, from the root of the project
   */
  public record Recorded(String path, Outcome outcome) {}

  /**
   * Lets an agent do the work, verifies it, and writes both down; also where git can not count what
   * the agent has left, for the work is paid.
   *
   * @param findings gets what stands against the work
   */
  public Recorded run(
      Prompt prompt, Optional<Refinement> refinement, AgentCall call, Findings findings) {
    String before = snapshot();
    Instant started = clock.instant();
    CommandRun command = CommandRun.of(call.on(root, prompt));
    if (!command.isBegun()) {
      throw new AfpException(
          ErrorCode.AGENT_MISSING,
          "Cannot run the prompt: %s (agent=%s)"
              .formatted(command.failure(), String.join(" ", call.words())),
          "Install it, name another one by --agent, or give it `afp prompt build` by hand.");
    }
    AgentAnswer answer = AgentAnswer.of(command, call.answersJson(), call.budget());
    String model = answer.model().isEmpty() ? call.model() : answer.model();
    Optional<String> after = Git.snapshot(root);
    return written(
        new Run(
            prompt,
            developer(),
            call.words().get(0),
            model,
            refinement,
            started,
            clock.instant(),
            Optional.of(answer),
            before,
            after.orElse("unknown")),
        after.flatMap(tree -> Git.changes(root, before, tree)),
        findings);
  }

  /**
   * Writes down a prompt that somebody gave to an agent by hand.
   *
   * @param since the commit from which its changes are counted
   */
  public Recorded record(
      Prompt prompt,
      Optional<Refinement> refinement,
      String model,
      String since,
      Findings findings) {
    Instant now = clock.instant();
    String after = snapshot();
    return written(
        new Run(
            prompt,
            developer(),
            "by hand",
            model,
            refinement,
            now,
            now,
            Optional.empty(),
            since,
            after),
        Optional.of(byHand(since, after)),
        findings);
  }

  /**
   * Writes it down.
   *
   * @param counted the changes; empty where git can not count them
   */
  private Recorded written(Run run, Optional<List<Git.Change>> counted, Findings findings) {
    String failure =
        Stream.of(
                run.answer().map(AgentAnswer::failure).orElse(""),
                counted.isPresent() ? "" : "git can not count what was changed")
            .filter(why -> !why.isEmpty())
            .map(PromptWork::note)
            .collect(Collectors.joining(", "));
    List<Git.Change> changes = counted.orElse(List.of());
    boolean proven = verified(findings);
    Status status =
        failure.isEmpty() && proven
            ? Status.SUCCESS
            : changes.isEmpty() ? Status.FAILED : Status.PARTIAL;
    String notes =
        failure.isEmpty() ? note(run.answer().map(AgentAnswer::said).orElse("")) : failure;
    Outcome outcome = new Outcome(status, changes, notes);
    String path = PromptLog.read(root).add(run, outcome);
    report(path, changes, failure, findings);
    return new Recorded(path, outcome);
  }

  /** Since a commit, commands of the process have written files too. */
  private List<Git.Change> byHand(String since, String after) {
    return Git.changes(root, since, after)
        .orElseThrow(() -> noGit("it can not compare " + since))
        .stream()
        .filter(change -> !isOurs(change.path()))
        .toList();
  }

  private boolean isOurs(String path) {
    return path.startsWith(".afp/")
        || path.startsWith(ProcessTree.path("progress/"))
        || path.equals(task.path());
  }

  /** Judged by the task as it is now: the agent may have edited it. */
  private boolean verified(Findings findings) {
    ProcessModel model = ProcessModel.read(root);
    Optional<TaskFile> now =
        model.tasks().stream().filter(each -> each.id().equals(task.id())).findFirst();
    if (now.isEmpty()) {
      findings.add(
          Code.TSK013, task.path(), 0, "Cannot verify %s: its file is gone".formatted(task.id()));
      return false;
    }
    Findings against = model.check(now.get());
    findings.addAll(against.all());
    if (against.hasErrors()) {
      return false;
    }
    TaskState state = model.work(now.get(), clock).verify(findings);
    return !findings.hasErrors()
        && !now.get().criteria().isEmpty()
        && now.get().criteria().stream()
            .filter(criterion -> criterion.verify().isPresent())
            .allMatch(criterion -> state.proofs().get(criterion.id()) == Proof.PROVEN);
  }

  private void report(String record, List<Git.Change> changes, String failure, Findings findings) {
    if (!failure.isEmpty()) {
      findings.add(Code.PRM008, record, 0, "Cannot rely on this prompt: %s".formatted(failure));
    }
    for (Git.Change change : changes) {
      if (!task.deliverablePaths().contains(change.path())) {
        findings.add(Code.TSK007, record, 0, RecordFiles.outside(task.id(), change.path()));
      }
    }
  }

  private String developer() {
    return Git.user(root).orElse(System.getProperty("user.name"));
  }

  private String snapshot() {
    return Git.snapshot(root).orElseThrow(() -> noGit("it does not answer"));
  }

  private AfpException noGit(String why) {
    return new AfpException(
        ErrorCode.USAGE,
        "Cannot count what a prompt changes: git is needed, and %s (folder=%s)"
            .formatted(why, root),
        "Put the project under git by `git init`, and commit what is there.");
  }

  private static String note(String said) {
    String heard = said.substring(0, Math.min(said.length(), LONGEST_SPEECH));
    String clean = Secrets.without(heard, System.getenv());
    return clean.length() <= LONGEST_NOTE ? clean : clean.substring(0, LONGEST_NOTE) + "…";
  }
}
