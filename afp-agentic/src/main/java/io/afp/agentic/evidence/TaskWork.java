package io.afp.agentic.evidence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.agentic.command.CommandCall;
import io.afp.agentic.command.CommandRun;
import io.afp.agentic.context.ContextFile;
import io.afp.agentic.context.VerifyPolicy;
import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.journal.Person;
import io.afp.agentic.journal.SealedLines;
import io.afp.agentic.secret.Secrets;
import io.afp.agentic.tasks.Criterion;
import io.afp.agentic.tasks.TaskFile;
import io.afp.agentic.tasks.TaskStatus;
import io.afp.agentic.tasks.TaskTicks;
import io.afp.agentic.tasks.VerifyCommand;
import io.afp.agentic.tree.Git;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What can be done with a task. All of it goes into the journal of the task, and into its file only
 * by what the journal then says.
 *
 * <p>The task has no error of {@link io.afp.agentic.tasks.TaskRules}: its commands may be run.
 */
public final class TaskWork {

  private static final int LONGEST_TAIL = 2_000;

  private final TaskProject project;
  private final TaskFile task;
  private final Clock clock;

  /** Work on a task of a project. */
  public TaskWork(TaskProject project, TaskFile task, Clock clock) {
    this.project = project;
    this.task = task;
    this.clock = clock;
  }

  /** Writes down what there is before the work. A task that is started is left as it is. */
  public TaskState start() {
    Journal journal = journal();
    if (!journal.isStarted()) {
      journal.add(started());
    }
    return written();
  }

  /**
   * Begins a task anew, from its tests and criteria as they are now: only a person may decide that,
   * because all that was promised before is forgotten. Work on its files since its first start
   * counts, or a task whose files are right already could not end any more; but not that of a task
   * which was closed.
   */
  public TaskState startAgain(Person person) {
    ObjectNode entry = started().put("by", person.name()).put("means", person.means());
    ObjectNode files = entry.withObject("/deliverables");
    Journal journal = journal();
    if (journal.closing().isEmpty()) {
      Map<String, String> first = journal.start().map(Entry::deliverables).orElse(new TreeMap<>());
      first.keySet().removeIf(path -> !files.has(path));
      first.forEach(files::put);
    }
    journal.add(entry);
    return written();
  }

  private ObjectNode started() {
    ObjectNode entry = entry(Entry.Event.STARTED);
    Judges.of(now()).into(entry);
    task.criteria().stream().map(Criterion::promise).forEach(entry.putArray("promises")::add);
    task.deliverablePaths().stream().sorted().forEach(entry.putArray("promised")::add);
    return entry;
  }

  /**
   * Runs the commands of all criteria that are not proven.
   *
   * @param findings gets what stands against it: first of all deliverables without work, in which
   *     case no command is run
   */
  public TaskState verify(Findings findings) {
    TaskState before = state();
    if (before.status() == TaskStatus.CLOSED) {
      return before;
    }
    judge(before, findings, criterion -> state().proofs().get(criterion.id()) != Proof.PROVEN);
    return written();
  }

  /** Nothing goes into the file of the task yet. */
  private TaskState judge(TaskState before, Findings findings, Predicate<Criterion> wanted) {
    if (before.lacksWork()) {
      new EvidenceRules(project, findings).reportDeliverables(before);
      return before;
    }
    for (Criterion criterion : task.criteria()) {
      if (criterion.verify().isPresent() && wanted.test(criterion)) {
        before.journal().add(judged(criterion, criterion.verify().get()));
      }
    }
    TaskState after = state();
    new EvidenceRules(project, findings).checkWork(after);
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
    entry.put("judged_by", TaskState.judges(now(), journal(), project.context()));
    VerifyPolicy policy = project.context().policy();
    CommandRun run =
        CommandRun.of(
            CommandCall.judging(
                VerifyCommand.parse(command).words(),
                root(),
                policy.timeLimit(),
                policy.outputLimit()));
    return entry
        .put("criterion", criterion.id())
        .put("promise", criterion.promise())
        .put("command", command)
        .put("exit", run.exit())
        .put("millis", run.took().toMillis())
        .put("output_bytes", run.bytes())
        .put("output_sha256", run.sha256())
        .put("failure", run.failure())
        .put("tail", run.failure().isEmpty() ? "" : shown(run.tail()));
  }

  private static String shown(String tail) {
    String clean = Secrets.without(tail, System.getenv());
    return clean.substring(Math.max(0, clean.length() - LONGEST_TAIL));
  }

  /**
   * Writes down that a person has judged a criterion that no command can judge.
   *
   * @throws AfpException PERSON_NEEDED if the criterion is for somebody else to judge
   */
  public TaskState accept(Criterion criterion, Person person) {
    String judge = criterion.manual().orElse("");
    if (!project.context().mayJudge(person.name(), judge)) {
      throw new AfpException(
          ErrorCode.PERSON_NEEDED,
          "Cannot accept %s: %s judges it, and not %s"
              .formatted(criterion.id(), judge, person.name()),
          "Ask them, or name the person under `owner` of that stakeholder in %s."
              .formatted(ContextFile.PATH));
    }
    ObjectNode entry =
        entry(Entry.Event.ACCEPTED)
            .put("criterion", criterion.id())
            .put("promise", criterion.promise())
            .put("by", person.name())
            .put("means", person.means());
    journal().add(entry);
    return written();
  }

  /**
   * Runs every command once more, whatever the journal says, and closes the task if all is proven.
   *
   * @param findings gets what stands against it
   */
  public TaskState close(Findings findings) {
    TaskState verified = judge(state(), findings, criterion -> true);
    if (findings.hasErrors()) {
      return written();
    }
    for (Criterion criterion : task.criteria()) {
      if (verified.proofs().get(criterion.id()) != Proof.PROVEN) {
        report(criterion, "it is " + verified.proofs().get(criterion.id()), findings);
      }
    }
    if (!findings.hasErrors()) {
      String judges = TaskState.judges(now(), verified.journal(), project.context());
      verified.journal().add(entry(Entry.Event.CLOSED).put("judged_by", judges));
    }
    return written();
  }

  private ObjectNode entry(Entry.Event event) {
    ObjectNode entry = SealedLines.object();
    entry.put("event", event.name()).put("at", clock.instant().toString());
    Git.head(root()).ifPresent(head -> entry.put("git", head));
    ObjectNode files = entry.putObject("deliverables");
    now().of(task).forEach(files::put);
    return entry;
  }

  /** Whether somebody has started it. */
  public boolean isStarted() {
    return journal().isStarted();
  }

  private TaskState state() {
    return TaskState.of(now(), task, project.context());
  }

  private Journal journal() {
    return Journal.read(root(), task);
  }

  /** Read anew each time: a command may have changed the files. */
  private Checksums now() {
    return new Checksums(root());
  }

  private Path root() {
    return project.root();
  }

  /** The state, after the boxes and the status in the file were made to say it. */
  private TaskState written() {
    TaskState state = state();
    Set<String> proven =
        state.proofs().entrySet().stream()
            .filter(proof -> proof.getValue() == Proof.PROVEN)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    TaskTicks.write(project.tree(), task, proven, state.status());
    return state;
  }
}
