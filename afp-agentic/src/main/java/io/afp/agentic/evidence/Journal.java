package io.afp.agentic.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.agentic.tasks.TaskFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What happened to a task, one JSON object a line, in {@code
 * .afp/evidence/<module>/<feature>.jsonl}.
 *
 * <p>Lines are only added. Each has a seal over itself and the seal of the line before, so that a
 * line that was changed, left out or put in between breaks the chain. That shows tampering that is
 * not thorough; who computes all seals anew is found by closing the task, which believes no line
 * and runs every command again.
 */
public final class Journal {

  /** The folder of journals, from the root of the project. */
  public static final String FOLDER = ".afp/evidence";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SEAL = "seal";

  private final Path file;
  private final List<Entry> entries = new ArrayList<>();
  private int broken;
  private String last = "";

  private Journal(Path file) {
    this.file = file;
  }

  /** The journal of a task; without a line where nothing happened yet. */
  public static Journal read(Path root, TaskFile task) {
    Journal journal = new Journal(root.resolve(path(task)));
    if (Files.isRegularFile(journal.file)) {
      try {
        Files.readAllLines(journal.file).forEach(journal::take);
      } catch (IOException e) {
        journal.broken = 1;
      }
    }
    return journal;
  }

  /** Where the journal of a task is, from the root of the project. */
  public static String path(TaskFile task) {
    return "%s/%s.jsonl".formatted(FOLDER, task.id());
  }

  private void take(String line) {
    if (broken > 0) {
      return;
    }
    try {
      JsonNode read = JSON.readTree(line);
      ObjectNode json = ((ObjectNode) read).deepCopy();
      String seal = json.remove(SEAL).asText();
      if (!seal.equals(seal(json))) {
        throw new IllegalArgumentException("the seal is of another line");
      }
      entries.add(Entry.of(json));
      last = seal;
    } catch (JsonProcessingException | RuntimeException e) {
      broken = entries.size() + 1;
    }
  }

  private String seal(ObjectNode json) {
    return Sha256.of(last + "\n" + json);
  }

  /** The first line that is not as it was written, from 1; 0 where all are. */
  public int brokenLine() {
    return broken;
  }

  /** When the work began, the last time. */
  Optional<Entry> start() {
    return last(Entry.Event.STARTED, "");
  }

  /** The last thing of a kind that happened to a criterion, or to the task, since the start. */
  Optional<Entry> last(Entry.Event event, String criterion) {
    return sinceStart().stream()
        .filter(e -> e.event() == event && e.criterion().equals(criterion))
        .reduce((first, second) -> second);
  }

  /** How a criterion was judged the last time since the start. */
  Optional<Entry> judged(String criterion) {
    return sinceStart().stream()
        .filter(e -> e.criterion().equals(criterion))
        .reduce((first, second) -> second);
  }

  private List<Entry> sinceStart() {
    int start = 0;
    for (int i = 0; i < entries.size(); i++) {
      start = entries.get(i).event() == Entry.Event.STARTED ? i : start;
    }
    return entries.subList(start, entries.size());
  }

  /** Adds a line. */
  void add(ObjectNode json) {
    String seal = seal(json);
    ObjectNode sealed = json.deepCopy().put(SEAL, seal);
    try {
      Files.createDirectories(file.getParent());
      Files.write(
          file,
          (sealed + "\n").getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    entries.add(Entry.of(json));
    last = seal;
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }
}
