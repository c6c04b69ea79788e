package io.afp.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One id leads from a log line to the connection, the snapshot and the ledger, and back. */
class CorrelationIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * All that are there once the first step has begun; the test itself has one too. The driver of
   * Postgres gives a connection its name before anything else is asked on it.
   */
  private static final String CONNECTIONS =
      """
      SELECT application_name AS a FROM pg_stat_activity
       WHERE backend_type = 'client backend' AND application_name <> 'test' AND EXISTS (SELECT 1 FROM afp.step)
         AND (application_name <> '' OR query !~* '^(set |$)')
      """;

  private static final String TABLES =
      """
      SELECT table_namespace || '.' || table_name AS t FROM iceberg_tables WHERE catalog_name = 'lake'
      """;

  @Test
  void theIdOfTheRunIsInEveryPlaceThatItLeftATraceIn(@TempDir Path folder) throws IOException {
    try (ProjectCopy project = ProjectCopy.withPostgres(folder)) {
      project.edit("2013-01", lines -> lines.subList(0, 1000));
      Command run = project.start("run", "flights", "--interval", "2013-01", "--json");
      Set<String> connections = connectionsOf(project, run);
      Command.Ended ended = run.ended().succeeded();
      String id = ended.json().at("/data/run_id").asText();

      assertThat(id).isNotBlank();
      assertThat(connections)
          .as("of the driver, the serving of tables, and the command where it is asking something")
          .contains("{a=afp/%s/flights}".formatted(id))
          .allMatch(c -> c.contains(id));
      assertThat(ended.err()).contains("core.flight: transform (2013-01)", "publish");
      assertThat(project.rows("SELECT id::text AS id FROM afp.run"))
          .containsExactly("{id=%s}".formatted(id));
      assertThat(runsOfSnapshots(project))
          .containsExactlyInAnyOrderElementsOf(
              project.rows(TABLES).stream().map(table -> table + "\t" + id).toList())
          .hasSizeGreaterThan(9);
      assertThat(names(folder)).containsExactly(project.root().getFileName().toString());
      assertThat(names(project.root())).containsExactly(".afp", "afp.yaml", "flights");
      everyLineIsOneObjectOfTheRun(Path.of(ended.json().at("/data/log").asText()), id);
    }
  }

  /** Each table of main with the id that its snapshots have. */
  private static List<String> runsOfSnapshots(ProjectCopy project) {
    String sql =
        project.rows(TABLES).stream()
            .map(
                table ->
                    "select '%1$s', summary['afp.run-id'] from %2$s.snapshots"
                        .formatted(table, table.replaceAll("[{}]|t=", "")))
            .collect(Collectors.joining(" union "));
    return new Here(project).ask(sql).rows();
  }

  /** What lies in a folder: a run leaves nothing outside of {@code .afp}. */
  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static Set<String> connectionsOf(ProjectCopy project, Command run) {
    Set<String> seen = new HashSet<>();
    await()
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofMillis(300))
        .until(
            () -> {
              seen.addAll(project.rows(CONNECTIONS));
              return !run.isAlive();
            });
    return seen;
  }

  private static void everyLineIsOneObjectOfTheRun(Path log, String id) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(log)) {
      lines.add(JSON.readTree(line));
    }
    assertThat(log.getFileName()).hasToString(id + ".log");
    assertThat(lines).isNotEmpty().allMatch(JsonNode::isObject);
    assertThat(lines).allMatch(line -> line.path("correlation_id").asText().equals(id));
    assertThat(lines)
        .allMatch(line -> line.has("ts") && line.has("level") && line.has("message"))
        .anyMatch(line -> line.path("step").asText().equals("core.flight"))
        .anyMatch(line -> line.path("pipeline").asText().equals("flights"));
  }
}
