package io.afp.core.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.error.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * How a job ended.
 *
 * @param exitCode of the process
 * @param outcome {@code published}, {@code served}, {@code nothing_to_do}, {@code handed_over},
 *     {@code published_in_part} or {@code failed}
 * @param runId empty when the job failed before it knew its run
 * @param problems what went wrong, and warnings
 */
public record JobResult(
    int exitCode,
    String outcome,
    Optional<UUID> runId,
    Optional<Long> release,
    List<Problem> problems) {

  private static final ObjectMapper JSON = new ObjectMapper();

  public JobResult {
    problems = List.copyOf(problems);
  }

  /** The same with more to say first. */
  JobResult plus(List<Problem> more) {
    List<Problem> all = Stream.concat(more.stream(), problems.stream()).distinct().toList();
    return new JobResult(exitCode, outcome, runId, release, all);
  }

  /**
   * Writes the result where the command that started the job reads it.
   *
   * @param data what the job was asked for; null for nothing
   */
  void write(Path file, ObjectNode data) {
    try {
      Files.write(file, JSON.writeValueAsBytes(document(data)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ObjectNode document(ObjectNode data) {
    ObjectNode document = JSON.createObjectNode();
    document.put("exit", exitCode).put("outcome", outcome);
    runId.ifPresent(id -> document.put("run_id", id.toString()));
    release.ifPresent(number -> document.put("release", number));
    if (data != null) {
      document.set("data", data);
    }
    diagnostics(document.putArray("diagnostics"));
    return document;
  }

  /** Adds the problems, as documents of AFP have them. */
  public void diagnostics(ArrayNode diagnostics) {
    problems.forEach(problem -> describe(problem, diagnostics.addObject()));
  }

  private static void describe(Problem problem, ObjectNode node) {
    node.put("severity", problem.severity().name().toLowerCase(Locale.ROOT))
        .put("code", problem.code().code())
        .put("message", problem.message())
        .put("file", problem.location().file())
        .put("line", problem.location().line())
        .put("path", problem.location().path())
        .put("fix", problem.fix());
  }
}
