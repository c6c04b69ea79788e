package io.afp.agentic.evidence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.agentic.journal.SealedLines;
import io.afp.agentic.tasks.TaskFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What happened to a task, in {@code .afp/evidence/<module>/<feature>.jsonl}.
 *
 * <p>Its seals show edits that are not thorough; who computes all of them anew is found by closing
 * the task, which believes no line and runs every command again.
 */
public final class Journal {

  /** The folder of journals, from the root of the project. */
  public static final String FOLDER = ".afp/evidence";

  private final SealedLines lines;

  private Journal(SealedLines lines) {
    this.lines = lines;
  }

  /** The journal of a task; without a line where nothing happened yet. */
  public static Journal read(Path root, TaskFile task) {
    return new Journal(SealedLines.read(root, path(task)));
  }

  /** Where the journal of a task is, from the root of the project. */
  public static String path(TaskFile task) {
    return "%s/%s.jsonl".formatted(FOLDER, task.id());
  }

  /** The first line that is not as it was written, from 1; 0 where all are. */
  public int brokenLine() {
    return lines.brokenLine();
  }

  /** When the work began, the last time. */
  Optional<Entry> start() {
    return sinceStart().stream()
        .findFirst()
        .filter(e -> e.event() == Entry.Event.STARTED && e.criterion().isEmpty());
  }

  /** Whether the work began. */
  boolean isStarted() {
    return start().isPresent();
  }

  /** When the task was closed, if nothing happened to it since. */
  Optional<Entry> closing() {
    List<Entry> entries = sinceStart();
    return entries.isEmpty()
        ? Optional.empty()
        : Optional.of(entries.get(entries.size() - 1)).filter(e -> e.event() == Entry.Event.CLOSED);
  }

  /** Whether the task was started and not closed at a time, or was at any time after it. */
  boolean isWorkedOnSince(Instant time) {
    return isStarted() && closing().filter(closed -> closed.at().isBefore(time)).isEmpty();
  }

  /** How a criterion was judged the last time since the start. */
  Optional<Entry> judged(String criterion) {
    return sinceStart().stream()
        .filter(e -> e.criterion().equals(criterion))
        .reduce((first, second) -> second);
  }

  /** All that was ever said of a criterion. */
  Stream<Entry> judgements(String criterion) {
    return lines.all().stream().map(Entry::of).filter(e -> e.criterion().equals(criterion));
  }

  private List<Entry> sinceStart() {
    List<Entry> entries = lines.all().stream().map(Entry::of).toList();
    int start = 0;
    for (int i = 0; i < entries.size(); i++) {
      start = entries.get(i).event() == Entry.Event.STARTED ? i : start;
    }
    return entries.subList(start, entries.size());
  }

  /** Adds a line. */
  void add(ObjectNode json) {
    lines.add(json);
  }
}
