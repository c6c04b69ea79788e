package io.afp.transform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afp.core.job.Upkeep;
import io.afp.core.ledger.Phase;
import io.afp.core.testing.TestProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two pipelines of a project: {@code days} makes a table by the day, and {@code p} one by the month
 * of it.
 */
class AcrossPipelinesTest {

  private static final String DAYS =
      """
      columns: { day: { type: date }, n: { type: int } }
      partition_by: [day]
      write: { interval_column: day }
      """;
  private static final String WITHIN = " where day >= :interval_start and day < :interval_end";

  private TestProject project;
  private Path root;

  @BeforeEach
  void open(@TempDir Path folder) {
    root = folder;
    project = new TestProject(root, "interval: { unit: month, zone: UTC }");
    project
        .lake()
        .publish(
            "create namespace src",
            "create table src.t as select make_date(2013, m, d) as day, m * 100 + d as n"
                + " from (select explode(sequence(1, 3)) as m) cross join (select explode(sequence(1, 28)) as d)");
    project.file(
        "days/pipeline.yaml", "pipeline: days\ninterval: { unit: day, zone: America/New_York }\n");
    project.file("days/tables/core/day.yaml", DAYS);
    project.file("days/tables/core/day.sql", "select day, n from src.t" + WITHIN);
    project.model("mart.month", DAYS, "select day, n from core.day" + WITHIN);
  }

  @AfterEach
  void close() {
    project.close();
  }

  @Test
  void aMonthIsDoneAgainWhenOneOfItsDaysWas() throws IOException {
    days("2013-01-01..2013-02-28");
    assertThat(months("2013-01..2013-02")).isEqualTo("published");
    assertThat(months("2013-01..2013-02")).as("nothing has changed").isEqualTo("nothing_to_do");

    days("2013-02-05", "--restate");

    assertThat(states("2013-01..2013-02")).containsExactly("2013-02 stale core.day changed");
    assertThat(months("2013-01")).isEqualTo("nothing_to_do");
    assertThat(months("2013-01..2013-02")).isEqualTo("published");
  }

  @Test
  void aDayOfAnotherZoneBelongsToBothMonthsThatItTouches() throws IOException {
    days("2013-01-30..2013-02-01");
    assertThat(months("2013-01..2013-02")).isEqualTo("published");

    days("2013-01-31", "--restate");

    assertThat(states("2013-01..2013-02"))
        .containsExactly("2013-01 stale core.day changed", "2013-02 stale core.day changed");
  }

  @Test
  void aMonthIsDoneAgainWhenADayHasComeToIt() {
    days("2013-01-01..2013-01-10");
    assertThat(months("2013-01")).isEqualTo("published");
    days("2013-01-11");
    assertThat(months("2013-01")).isEqualTo("published");
    assertThat(project.lake("select max(n) from mart.month")).containsExactly("111");
  }

  @Test
  void aTableThatIsNotPublishedYetIsNamedWithTheCommandThatMakesIt() {
    JsonNode report = run("p", "2013-02");
    assertThat(report.get("exit").asInt()).isEqualTo(66);
    assertThat(TestProject.problems(report))
        .singleElement()
        .asString()
        .startsWith("AFP-RUN-009")
        .contains("mart.month")
        .contains("core.day, which pipeline days has not published yet");
    assertThat(report.toString()).contains("afp run days --interval 2013-01-31..2013-02-28");
  }

  @Test
  void aCircleThroughAnotherPipelineIsNamed() {
    project.file("days/tables/core/day.sql", "select day, n from mart.month" + WITHIN);
    JsonNode report = run("p", "2013-02");
    assertThat(TestProject.problems(report))
        .singleElement()
        .asString()
        .startsWith("AFP-DEF-009")
        .contains("mart.month -> core.day of pipeline days -> mart.month");
  }

  @Test
  void aBrokenPipelineStopsOnlyThoseThatReadFromIt() {
    days("2013-01-01");
    project.file("broken/pipeline.yaml", "pipeline: broken\nschedule: never\n");
    project.file("broken/tables/raw/x.yaml", "columns: [");
    assertThat(months("2013-01")).isEqualTo("published");

    project.file("days/tables/core/other.yaml", "columnz: {}\n");
    project.file("days/tables/core/other.sql", "select 1\n");
    JsonNode report = run("p", "2013-02");
    assertThat(report.get("exit").asInt()).isEqualTo(78);
    assertThat(TestProject.problems(report).toString())
        .contains("days/tables/core/other.yaml")
        .contains("columnz");
  }

  @Test
  void aPlanSaysToWhomTheTablesBelongThatAreRead() throws IOException {
    days("2013-01-01");
    project.model(
        "mart.all",
        "columns: { n: { type: int } }",
        "select n from mart.month union select n from src.t");
    JsonNode steps = plan("2013-01").path("steps");
    assertThat(steps.toString())
        .contains("\"reads\":[{\"table\":\"core.day\",\"pipeline\":\"days\"}]")
        .contains(
            "\"reads\":[{\"table\":\"mart.month\",\"pipeline\":\"p\"},{\"table\":\"src.t\",\"pipeline\":null}]");
  }

  private void days(String interval, String... more) {
    String[] all =
        Stream.concat(Stream.of("--interval", interval), Stream.of(more)).toArray(String[]::new);
    JsonNode report = project.runIn("days", List.of(Phase.TRANSFORM), all);
    assertThat(report.get("outcome").asText()).as(report.toString()).isEqualTo("published");
  }

  private String months(String interval) {
    return run("p", interval).get("outcome").asText();
  }

  private JsonNode run(String pipeline, String interval) {
    return project.runIn(pipeline, List.of(Phase.TRANSFORM), "--interval", interval);
  }

  private List<String> states(String interval) throws IOException {
    JsonNode units = plan(interval).path("steps").path(0).path("units");
    return StreamSupport.stream(units.spliterator(), false)
        .map(
            unit ->
                "%s %s %s"
                    .formatted(
                        unit.get("unit").asText(),
                        unit.get("state").asText(),
                        unit.get("reason").asText()))
        .toList();
  }

  private JsonNode plan(String interval) throws IOException {
    Path report = Files.createTempFile(root, "plan", ".json");
    String[] arguments = {
      "plan",
      "--pipeline",
      root.resolve("p").toString(),
      "--project",
      root.toString(),
      "--interval",
      interval,
      "--report",
      report.toString()
    };
    assertThat(Upkeep.run(arguments)).isZero();
    return new ObjectMapper().readTree(report.toFile()).path("data");
  }
}
