package io.afp.agentic.evidence;

import io.afp.agentic.context.SystemContext;
import io.afp.agentic.tasks.Criterion;
import io.afp.agentic.tasks.TaskFile;
import io.afp.agentic.tasks.TaskStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far a task is, by what its journal and its files say; what is ticked in its file counts
 * nothing.
 *
 * @param checksums of the files of the project by which it was told
 * @param proofs of each criterion, by its id, in their order
 * @param absent deliverables that are not there
 * @param unchanged deliverables that are as they were when the work began
 */
public record TaskState(
    TaskFile task,
    Journal journal,
    Checksums checksums,
    TaskStatus status,
    Map<String, Proof> proofs,
    List<String> absent,
    List<String> unchanged) {

  /** The state of a task now. */
  public static TaskState of(Checksums checksums, TaskFile task, SystemContext context) {
    Journal journal = Journal.read(checksums.root(), task);
    SortedMap<String, String> files = checksums.of(task);
    Optional<Entry> closed = journal.closing();
    // What was closed is history: later tasks may change the same files.
    SortedMap<String, String> judged = closed.map(Entry::deliverables).orElse(files);
    String judges = closed.map(Entry::judges).orElseGet(() -> judges(checksums, journal, context));
    Map<String, Proof> proofs = new LinkedHashMap<>();
    for (Criterion criterion : task.criteria()) {
      proofs.put(criterion.id(), new Judging(journal, context, judged, judges).proof(criterion));
    }
    Map<String, String> before =
        journal.start().<Map<String, String>>map(Entry::deliverables).orElse(Map.of());
    List<String> absent = new ArrayList<>();
    List<String> unchanged = new ArrayList<>();
    Map<String, String> delivered = new TreeMap<>(files);
    delivered.keySet().retainAll(task.deliverablePaths());
    delivered.forEach(
        (path, checksum) -> {
          if (checksum.equals(Checksums.ABSENT)) {
            absent.add(path);
          } else if (checksum.equals(before.get(path))) {
            unchanged.add(path);
          }
        });
    TaskStatus status = status(task, journal, proofs, closed.isPresent());
    return new TaskState(task, journal, checksums, status, proofs, absent, unchanged);
  }

  /** Of what judges the task as it is now. */
  static String judges(Checksums checksums, Journal journal, SystemContext context) {
    return journal.start().map(Judges::of).map(j -> j.now(checksums, context.policy())).orElse("");
  }

  private static TaskStatus status(
      TaskFile task, Journal journal, Map<String, Proof> proofs, boolean closed) {
    if (!journal.isStarted()) {
      return task.header().status() == TaskStatus.DRAFT ? TaskStatus.DRAFT : TaskStatus.READY;
    }
    boolean proven = !proofs.isEmpty() && proofs.values().stream().allMatch(Proof.PROVEN::equals);
    if (!proven) {
      return TaskStatus.IN_PROGRESS;
    }
    return closed ? TaskStatus.CLOSED : TaskStatus.VERIFIED;
  }

  /** Whether the work began. */
  public boolean isStarted() {
    return journal.isStarted();
  }

  /** The time from its start to its closing; empty where it is not closed. */
  public Optional<Duration> took() {
    return journal
        .start()
        .flatMap(s -> journal.closing().map(c -> Duration.between(s.at(), c.at())));
  }

  /** The end of what the command of a criterion printed when it failed the last time. */
  public Optional<String> said(String criterion) {
    return Optional.of(proofs.get(criterion))
        .filter(Proof.FAILED::equals)
        .flatMap(p -> journal.judged(criterion))
        .map(entry -> entry.json().path("tail").asText())
        .filter(tail -> !tail.isBlank());
  }

  /** Whether a command has ever succeeded for a criterion, or a person has agreed to one. */
  public boolean wasProven() {
    return task.criteria().stream()
        .flatMap(criterion -> journal.judgements(criterion.id()))
        .anyMatch(Entry::isGood);
  }

  /** Whether a command has ever failed for a criterion. */
  public boolean everFailed() {
    return task.criteria().stream()
        .flatMap(criterion -> journal.judgements(criterion.id()))
        .anyMatch(entry -> !entry.isGood());
  }

  /** How many criteria are proven. */
  public long proven() {
    return proofs.values().stream().filter(Proof.PROVEN::equals).count();
  }

  /** Whether a deliverable lacks work, so that nothing may be ticked. */
  boolean lacksWork() {
    return !absent.isEmpty() || !unchanged.isEmpty();
  }
}
