package io.afp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afp.core.testing.SparkDistribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A {@link Reader} runs the job of PySpark and Great Expectations, and the pipeline that takes its
 * place: rows and verdicts are the same.
 */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MigrationIT {

  static final List<String> PAGES = List.of("afp-examples/migration/README.md");

  /** What the expectations are called here. */
  private static final Map<String, String> RULES =
      Map.of(
          "expect_column_values_to_not_be_null", "required",
          "expect_column_values_to_be_in_set", "in",
          "expect_column_values_to_be_between", "between",
          "expect_column_values_to_match_regex", "matches");

  private ProjectCopy project;

  @BeforeAll
  void readThePage(@TempDir Path folder) throws IOException {
    project = ProjectCopy.at(new Reader(python()).read(folder, PAGES));
  }

  /** Where Python finds what the job before the migration needs; PySpark is that of all tests. */
  private static Map<String, String> python() throws IOException {
    Path requirements = Reactor.root().resolve("afp-examples/migration/before/requirements.txt");
    String[] packages =
        Files.readAllLines(requirements).stream()
            .filter(line -> line.contains("==") && !line.startsWith("pyspark"))
            .toArray(String[]::new);
    Path spark = SparkDistribution.home();
    Path programs = Python.with("great-expectations", packages).folder().resolve("bin");
    return Map.of(
        "PATH",
        programs + ":" + spark.resolve("bin") + ":" + System.getenv("PATH"),
        "PYTHONPATH",
        spark.getParent().toString(),
        "GX_ANALYTICS_ENABLED",
        "false");
  }

  @AfterAll
  void stopPostgres() {
    if (project != null) { // null when a page was not as it should be
      project.close();
    }
  }

  @Test
  void thePipelineGivesTheRowsThatTheJobOfPythonGave() {
    Lake lake = new Lake(project);
    List<String> before =
        lake.main().read().parquet(before("2013-01.parquet").toString()).collectAsList().stream()
            .map(Row::toString)
            .sorted()
            .toList();

    assertThat(before).hasSize(460);
    assertThat(lake.rows("SELECT * FROM delays.carrier_day")).isEqualTo(before);
  }

  @Test
  void theChecksJudgeAsTheExpectationsDid() throws IOException {
    List<String> expected = new ArrayList<>();
    for (JsonNode result :
        new ObjectMapper().readTree(before("2013-01.json").toFile()).path("results")) {
      JsonNode asked = result.path("expectation_config");
      String column = asked.at("/kwargs/column").asText();
      String rule = RULES.get(asked.path("type").asText());
      if (rule != null && !column.equals("carrier")) { // which the contract rejects when it is null
        JsonNode found = result.path("result");
        long judged = found.path("element_count").asLong() - found.path("missing_count").asLong();
        expected.add(
            "delays.flight.%s.%s\t%d\t%d"
                .formatted(column, rule, judged, found.path("unexpected_count").asLong()));
      }
    }

    String verdicts =
        """
        SELECT check_name, rows_judged, rows_failed FROM afp.check_result
         WHERE table_name = 'flight' AND table_namespace = 'delays' AND column_name IS NOT NULL
        """;
    assertThat(project.afp("sql", "--json", verdicts).rows())
        .hasSize(5)
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  private Path before(String name) {
    return project.root().resolve(".afp/before/out").resolve(name);
  }
}
