package io.afp.agentic.prompt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.agentic.journal.SealedLines;
import io.afp.agentic.tree.ProcessTree;
import io.afp.agentic.tree.TextFile;
import io.afp.core.text.Sha256;
import java.nio.file.Path;
import java.util.List;

/**
 * The records of prompts, each sealed with all before it: {@code .afp/prompts.jsonl} has a line for
 * each with its checksum.
 */
public final class PromptLog {

  /** Its place, from the root of the project. */
  public static final String PATH = ".afp/prompts.jsonl";

  /** Where records are, below the folder of the process. */
  public static final String FOLDER = "progress/executed_prompts";

  private final Path root;
  private final SealedLines lines;

  private PromptLog(Path root, SealedLines lines) {
    this.root = root;
    this.lines = lines;
  }

  /** That of a project. */
  public static PromptLog read(Path root) {
    return new PromptLog(root, SealedLines.read(root, PATH));
  }

  /**
   * A record as it was written.
   *
   * @param sha256 of its text then
   */
  public record Sealed(
      String id, String task, int version, String status, String at, String sha256) {}

  /** All, the first one first. */
  public List<Sealed> all() {
    return lines.all().stream().map(PromptLog::sealed).toList();
  }

  private static Sealed sealed(ObjectNode line) {
    return new Sealed(
        line.path("id").asText(),
        line.path("task").asText(),
        line.path("version").asInt(),
        line.path("status").asText(),
        line.path("at").asText(),
        line.path("sha256").asText());
  }

  /** The first line that is not as it was written, from 1; 0 where all are. */
  public int brokenLine() {
    return lines.brokenLine();
  }

  /** The version that the next record of a task has. */
  int nextVersion(String task) {
    return (int) all().stream().filter(each -> each.task().equals(task)).count() + 1;
  }

  /** Writes a record, and its line. */
  void add(PromptRecord written) {
    String text = written.text();
    TextFile.write(root, written.path(), text);
    lines.add(
        SealedLines.object()
            .put("id", written.id())
            .put("task", written.run().prompt().task())
            .put("version", written.version())
            .put("status", written.outcome().status().name())
            .put("at", written.run().ended().toString())
            .put("sha256", Sha256.of(text)));
  }

  /** Where the record of an id is, from the root of the project. */
  static String path(String id) {
    return ProcessTree.path("%s/%s.md".formatted(FOLDER, id));
  }
}
