package io.afp.agentic.evidence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.agentic.context.VerifyPolicy;
import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.journal.Person;
import io.afp.agentic.journal.SealedLines;
import io.afp.agentic.tasks.Criterion;
import io.afp.agentic.tasks.TaskFile;
import io.afp.agentic.tasks.TaskStatus;
import io.afp.agentic.tasks.TaskTicks;
import io.afp.agentic.tasks.VerifyCommand;
import io.afp.agentic.tree.Git;
import io.afp.agentic.tree.ProcessTree;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What can be done with a task. All of it goes into the journal of the task, and into its file only
 * by what the journal then says.
 *
 * <p>The task has no error of {@link io.afp.agentic.tasks.TaskRules}: its commands may be run.
 */
public final class TaskWork {

  private final ProcessTree tree;
  private final TaskFile task;
  private final VerifyPolicy policy;
  private final Clock clock;

  /** Work on a task of a project. */
  public TaskWork(ProcessTree tree, TaskFile task, VerifyPolicy policy, Clock clock) {
    this.tree = tree;
    this.task = task;
    this.policy = policy;
    this.clock = clock;
  }

  /** Writes down what there is before the work. A task that is started is left as it is. */
  public TaskState start() {
    TaskState state = state();
    if (!state.isStarted()) {
      ObjectNode entry = entry(Entry.Event.STARTED);
      TestFiles.below(tree.root()).forEach(entry.putArray("tests")::add);
      task.criteria().stream().map(Criterion::promise).forEach(entry.putArray("promises")::add);
      task.deliverablePaths().stream().sorted().forEach(entry.putArray("promised")::add);
      state.journal().add(entry);
    }
    return written();
  }

  /**
   * Runs the commands of all criteria that are not proven.
   *
   * @param findings gets what stands against it: first of all deliverables without work, in which
   *     case no command is run
   */
  public TaskState verify(Findings findings) {
    TaskState before = state();
    return before.status() == TaskStatus.CLOSED
        ? before
        : verify(
            before, findings, criterion -> state().proofs().get(criterion.id()) != Proof.PROVEN);
  }

  private TaskState verify(TaskState before, Findings findings, Predicate<Criterion> wanted) {
    if (before.lacksWork()) {
      new EvidenceRules(tree.root(), findings).reportDeliverables(before);
      return written();
    }
    for (Criterion criterion : task.criteria()) {
      if (criterion.verify().isPresent() && wanted.test(criterion)) {
        before.journal().add(judged(criterion, criterion.verify().get()));
      }
    }
    TaskState after = written();
    new EvidenceRules(tree.root(), findings).checkWork(after);
    for (Criterion criterion : task.criteria()) {
      if (criterion.verify().isPresent() && after.proofs().get(criterion.id()) == Proof.STALE) {
        report(criterion, "its command has changed what it judged", findings);
      }
    }
    return after;
  }

  private void report(Criterion criterion, String why, Findings findings) {
    findings.add(
        Code.TSK006,
        task.path(),
        criterion.line(),
        "Cannot count %s of %s as done: %s".formatted(criterion.id(), task.id(), why));
  }

  /** The files are those before the command: what it writes itself proves nothing. */
  private ObjectNode judged(Criterion criterion, String command) {
    ObjectNode entry = entry(Entry.Event.RAN);
    CommandRun run = CommandRun.of(VerifyCommand.parse(command), tree.root(), policy);
    return entry
        .put("criterion", criterion.id())
        .put("promise", criterion.promise())
        .put("command", command)
        .put("exit", run.exit())
        .put("millis", run.took().toMillis())
        .put("output_bytes", run.bytes())
        .put("output_sha256", run.sha256())
        .put("failure", run.failure())
        .put("tail", run.failure().isEmpty() ? "" : run.tail());
  }

  /** Writes down that a person has judged a criterion that no command can judge. */
  public TaskState accept(Criterion criterion, Person person) {
    ObjectNode entry =
        entry(Entry.Event.ACCEPTED)
            .put("criterion", criterion.id())
            .put("promise", criterion.promise())
            .put("by", person.name())
            .put("means", person.means());
    state().journal().add(entry);
    return written();
  }

  /**
   * Runs every command once more, whatever the journal says, and closes the task if all is proven.
   *
   * @param findings gets what stands against it
   */
  public TaskState close(Findings findings) {
    TaskState verified = verify(state(), findings, criterion -> true);
    if (findings.hasErrors()) {
      return verified;
    }
    for (Criterion criterion : task.criteria()) {
      if (verified.proofs().get(criterion.id()) != Proof.PROVEN) {
        report(criterion, "it is " + verified.proofs().get(criterion.id()), findings);
      }
    }
    if (!findings.hasErrors()) {
      verified.journal().add(entry(Entry.Event.CLOSED));
    }
    return written();
  }

  private ObjectNode entry(Entry.Event event) {
    ObjectNode entry = SealedLines.object();
    entry.put("event", event.name()).put("at", clock.instant().toString());
    Git.head(tree.root()).ifPresent(head -> entry.put("git", head));
    ObjectNode files = entry.putObject("deliverables");
    FileState.of(tree.root(), task).forEach(files::put);
    return entry;
  }

  /** The state now. */
  public TaskState state() {
    return TaskState.of(tree.root(), task);
  }

  /** The state, after the boxes and the status in the file were made to say it. */
  private TaskState written() {
    TaskState state = state();
    Set<String> proven =
        state.proofs().entrySet().stream()
            .filter(proof -> proof.getValue() == Proof.PROVEN)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    TaskTicks.write(tree, task, proven, state.status());
    return state;
  }
}
