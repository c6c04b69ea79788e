package io.afp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What drivers and executors write: one object a line, each with the id of the run. */
final class RunLines {

  private static final ObjectMapper JSON = new ObjectMapper();

  private RunLines() {}

  /** The configuration of drivers and executors, with lines of Spark itself. */
  static Path log4j(Path folder) throws IOException {
    String text = Files.readString(Reactor.root().resolve("deploy/spark/log4j2.properties"));
    return Files.writeString(
        folder.resolve("log4j2.properties"),
        text.replace("rootLogger.level = warn", "rootLogger.level = info"));
  }

  /** The first lines of a driver come before it knows its run. */
  static Stream<String> ofDriver(String log) {
    return ofProcess(log).dropWhile(line -> correlationId(line).isEmpty());
  }

  /** What executors wrote below a folder. */
  static Stream<String> ofExecutors(Path work) {
    return written(work, "app-").stream().flatMap(RunLines::ofProcess);
  }

  /**
   * What each process has written so far that a worker runs.
   *
   * @param kind how its folder begins: {@code app-} for an executor, {@code driver-} for a driver
   */
  static List<String> written(Path below, String kind) {
    try (Stream<Path> files = Files.walk(below)) {
      return files
          .filter(file -> file.endsWith("stderr") && file.toString().contains("/" + kind))
          .sorted()
          .map(RunLines::text)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a process wrote, without the command that a worker started it by. */
  static Stream<String> ofProcess(String log) {
    List<String> lines =
        log.lines()
            .filter(line -> !line.matches("=*|(Spark Executor|Launch) Command: .*"))
            .toList();
    return lines.stream().filter(line -> !isTailOfAnother(line, lines));
  }

  /**
   * The worker of a local cluster may write its last buffer twice when it stops; it starts anywhere
   * in a line.
   */
  private static boolean isTailOfAnother(String line, List<String> lines) {
    return lines.stream().anyMatch(l -> l.length() > line.length() && l.endsWith(line));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void areOfTheRun(Stream<String> lines, String id) {
    assertThat(lines.map(RunLines::correlationId)).isNotEmpty().containsOnly(id);
  }

  private static String correlationId(String line) {
    try {
      JsonNode object = JSON.readTree(line);
      return object.path("correlation_id").asText("absent");
    } catch (IOException e) {
      throw new AssertionError("not JSON: " + line, e);
    }
  }
}
