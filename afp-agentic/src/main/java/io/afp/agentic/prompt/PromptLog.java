package io.afp.agentic.prompt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.journal.SealedLines;
import io.afp.agentic.tree.ProcessTree;
import io.afp.agentic.tree.TextFile;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.text.Sha256;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
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
      String id, String task, int version, String status, String at, String sha256) {

    /** Whether the prompt ended so. */
    public boolean is(Outcome.Status wanted) {
      return status.equals(wanted.name());
    }
  }

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

  /** Finds the line that is not as it was written, if there is one. */
  public void check(Findings findings) {
    if (brokenLine() > 0) {
      findings.add(
          Code.PRM005,
          PATH,
          brokenLine(),
          "Cannot believe the records of prompts: this line is not as it was written");
    }
  }

  /**
   * Writes the record of a run, and its line; no other record is replaced.
   *
   * @return where it is, from the root of the project
   * @throws AfpException HOME_UNWRITABLE if what is there is not as it was written
   */
  String add(Run run, Outcome outcome) {
    requireWhole();
    lines.add(() -> written(run, outcome));
    return path(all().get(all().size() - 1).id());
  }

  /** While nobody else writes one, so that the version is its own. */
  private ObjectNode written(Run run, Outcome outcome) {
    requireWhole();
    int version = nextVersion(run);
    PromptRecord record = new PromptRecord(root, id(run, version), version, run, outcome);
    String text = record.text();
    TextFile.write(root, record.path(), text);
    return SealedLines.object()
        .put("id", record.id())
        .put("task", run.prompt().task())
        .put("version", version)
        .put("status", outcome.status().name())
        .put("at", run.ended().toString())
        .put("sha256", Sha256.of(text));
  }

  private void requireWhole() {
    if (brokenLine() > 0) {
      throw new AfpException(
          ErrorCode.HOME_UNWRITABLE,
          "Cannot write the record of a prompt: those before are not as they were written"
              + " (file=%s, line=%d)".formatted(PATH, brokenLine()),
          "Restore the file from git.");
    }
  }

  /** A file that nobody sealed may be in the way. */
  private int nextVersion(Run run) {
    String task = run.prompt().task();
    int version =
        1
            + all().stream()
                .filter(s -> s.task().equals(task))
                .mapToInt(Sealed::version)
                .max()
                .orElse(0);
    while (Files.exists(root.resolve(path(id(run, version))), LinkOption.NOFOLLOW_LINKS)) {
      version++;
    }
    return version;
  }

  /** In a folder for each module, because modules may have tasks of the same name. */
  private static String id(Run run, int version) {
    String task = run.prompt().task();
    int feature = task.lastIndexOf('/') + 1;
    LocalDate day = LocalDate.ofInstant(run.ended(), ZoneOffset.UTC);
    return "%s%s_%s_v%d"
        .formatted(task.substring(0, feature), day, task.substring(feature), version);
  }

  /** Where the record of an id is, from the root of the project. */
  public static String path(String id) {
    return ProcessTree.path("%s/%s.md".formatted(FOLDER, id));
  }
}
