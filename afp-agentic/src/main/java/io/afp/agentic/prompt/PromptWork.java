package io.afp.agentic.prompt;

import io.afp.agentic.command.CommandRun;
import io.afp.agentic.evidence.Proof;
import io.afp.agentic.evidence.TaskState;
import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.model.ProcessModel;
import io.afp.agentic.prompt.Outcome.Status;
import io.afp.agentic.tasks.TaskFile;
import io.afp.agentic.tree.Git;
import io.afp.agentic.tree.ProcessTree;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * Gives prompts to agents, and writes down what came of it: numbers are those of git, success is
 * what evidence says, whatever the agent says.
 */
public final class PromptWork {

  private static final int LONGEST_NOTE = 600;

  private final Path root;
  private final TaskFile task;
  private final Clock clock;

  /** Work on a task that was started and has no error. */
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
  public record Recorded(String path, Status status, List<Git.Change> changes, String notes) {}

  /**
   * Lets an agent do the work, verifies it, and writes both down.
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
            snapshot()),
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
            snapshot()),
        findings);
  }

  private Recorded written(Run run, Findings findings) {
    List<Git.Change> changes = changes(run);
    String failure = run.answer().map(AgentAnswer::failure).orElse("");
    boolean proven = verified(findings);
    Status status =
        failure.isEmpty() && proven
            ? Status.SUCCESS
            : changes.isEmpty() ? Status.FAILED : Status.PARTIAL;
    String notes = failure.isEmpty() ? run.answer().map(AgentAnswer::said).orElse("") : failure;
    PromptLog log = PromptLog.read(root);
    int version = log.nextVersion(task.id());
    PromptRecord record =
        new PromptRecord(
            root, id(version), version, run, new Outcome(status, changes, shortened(notes)));
    log.add(record);
    report(record, failure, findings);
    return new Recorded(record.path(), status, changes, shortened(notes));
  }

  /** Since a commit, commands of the process have written files too. */
  private List<Git.Change> changes(Run run) {
    List<Git.Change> all =
        Git.changes(root, run.before(), run.after())
            .orElseThrow(() -> noGit("it can not compare " + run.before()));
    return run.answer().isPresent() ? all : all.stream().filter(c -> !isOurs(c.path())).toList();
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

  private void report(PromptRecord record, String failure, Findings findings) {
    if (!failure.isEmpty()) {
      findings.add(
          Code.PRM008, record.path(), 0, "Cannot rely on this prompt: %s".formatted(failure));
    }
    for (Git.Change change : record.outcome().changes()) {
      if (!task.deliverablePaths().contains(change.path())) {
        findings.add(Code.TSK007, record.path(), 0, RecordFiles.outside(task.id(), change.path()));
      }
    }
  }

  private String id(int version) {
    LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    String feature = task.id().substring(task.id().indexOf('/') + 1);
    return "%s_%s_v%d".formatted(day, feature, version);
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

  private static String shortened(String text) {
    return text.length() <= LONGEST_NOTE ? text : text.substring(0, LONGEST_NOTE) + "…";
  }
}
