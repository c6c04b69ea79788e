package io.afp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.testing.Halt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The DAGs that AFP writes, in each Airflow that they are for. */
@Tag("integration")
class AirflowIT {

  private static final String STEP = "INSERT ON afp.step";
  private static final String IN_A_QUERY = "NEW.phase = 'transform' AND NEW.state = 'running'";

  @Test
  void airflow2RunsAPipelineAndKnowsWhatItsExitCodesMean(@TempDir Path folder) throws Exception {
    try (ProjectCopy project = project(folder)) {
      Airflow airflow = Airflow.of("2.11.0", project);
      allAreImported(project, airflow);
      aRunWorksOnTheUnitsThatEndInItsDataInterval(airflow);

      aFailingGateIsNotTriedAgain(project, airflow);
      aKilledDriverIsTriedAgainAndThenRight(project, airflow);
      assertThat(airflow.run("cities", "2024-01-03")).as("nothing new").isEqualTo("skipped 1");
      aKilledTaskLeavesNothing(project, airflow);
    }
  }

  @Test
  void airflow3RunsTheFlightsOfTheMonthBefore(@TempDir Path folder) throws Exception {
    try (ProjectCopy project = project(folder)) {
      Airflow airflow = Airflow.of("3.3.2", project);
      allAreImported(project, airflow);

      aFailingGateIsNotTriedAgain(project, airflow);
      assertThat(airflow.run("flights", "2013-02-03")).isEqualTo("success 1");
      assertThat(new Ledger(project).done("core.flight")).containsExactly("2013-01 by 1");
      assertThat(airflow.run("flights", "2013-02-04")).as("nothing new").isEqualTo("skipped 1");
      aKilledDriverIsTriedAgainAndThenRight(project, airflow);
      aKilledTaskLeavesNothing(project, airflow);
    }
  }

  private static ProjectCopy project(Path folder) {
    ProjectCopy project = ProjectCopy.withPostgres(folder);
    project.edit("2013-01", lines -> lines.subList(0, January.ROWS + 1));
    writeCities(project);
    generate(project);
    return project;
  }

  private static void allAreImported(ProjectCopy project, Airflow airflow) throws IOException {
    Path broken = project.root().resolve("dags/broken_dag.py");
    Files.writeString(broken, "from airflow import no_dag\n");
    assertThat(airflow.importErrors()).contains("broken_dag.py").doesNotContain("flights_dag.py");
    Files.delete(broken);
    assertThat(airflow.importErrors()).contains("No data found");
  }

  private static void aRunWorksOnTheUnitsThatEndInItsDataInterval(Airflow airflow) {
    String interval =
        "(lambda c, *times: c.label(*c.units(*map(pendulum.parse, times))))(afp_airflow.Calendar('%s', 'America/New_York'), '%s', '%s')";
    String monthly = interval.formatted("month", "2013-01-02T08:00Z", "2013-02-02T08:00Z");
    String missed = interval.formatted("month", "2013-01-02T08:00Z", "2013-12-02T08:00Z");
    String daily = interval.formatted("month", "2013-01-02T08:00Z", "2013-01-03T08:00Z");
    String hours = interval.formatted("hour", "2013-01-02T08:00Z", "2013-01-02T10:30Z");

    assertThat(airflow.ask("[%s, %s, %s, %s]".formatted(monthly, missed, daily, hours)))
        .endsWith("['2013-01', '2013-01..2013-11', '2012-12', '2013-01-02T03..2013-01-02T04']");
  }

  private static void generate(ProjectCopy project) {
    project.afp("airflow", "generate", "flights", "cities", "--out", "dags").succeeded();
  }

  private static void writeCities(ProjectCopy project) {
    Cities.write(
        project,
        "airflow: { retries: 1, retry_delay: PT1S }\n",
        "type: int, checks: [ { between: [0, 99000000] } ]");
    project.write("cities/data/city.csv", "city,people\nBern,-1\nRom,2750000\n");
  }

  private static void aFailingGateIsNotTriedAgain(ProjectCopy project, Airflow airflow) {
    assertThat(airflow.run("cities", "2024-01-01")).isEqualTo("failed 1");
    assertThat(new Ledger(project).pointers()).isEmpty();
  }

  private static void aKilledDriverIsTriedAgainAndThenRight(ProjectCopy project, Airflow airflow)
      throws Exception {
    project.write("cities/data/city.csv", "city,people\nBern,146000\nRom,2750000\n");
    Command test;
    try (Halt halt = Halt.at(project.postgres().live().orElseThrow(), STEP, IN_A_QUERY)) {
      test = airflow.start("cities", "2024-01-02");
      halt.await(test);
      test.killDriver();
    }
    assertThat(airflow.lastTask("cities", test.ended())).isEqualTo("success 2");
    assertThat(project.rows("SELECT * FROM mart.big_city")).containsExactly("{city=Rom}");
  }

  /** What Airflow does to a task that somebody marks as failed. */
  private static void aKilledTaskLeavesNothing(ProjectCopy project, Airflow airflow)
      throws Exception {
    project.write("cities/data/city.csv", "city,people\nOslo,1098000\n");
    project.replace("cities/pipeline.yaml", "retries: 1", "retries: 0");
    generate(project);
    try (Halt halt = Halt.at(project.postgres().live().orElseThrow(), STEP, IN_A_QUERY)) {
      Command test = airflow.start("cities", "2024-01-04");
      halt.await(test);
      test.terminate();
      test.ended();
    }
    for (String left :
        List.of(
            "SELECT * FROM afp.lease",
            "SELECT * FROM afp.branch WHERE state NOT IN ('discarded', 'published')",
            "SELECT * FROM mart.big_city WHERE city = 'Oslo'")) {
      assertThat(project.rows(left)).as(left).isEmpty();
    }
  }
}
