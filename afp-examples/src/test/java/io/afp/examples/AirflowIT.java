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

  @Test
  void airflow2EndsTasksAsTheirDriversEnd(@TempDir Path folder) throws Exception {
    try (DagProject project = project(folder)) {
      tasksEndAsTheirDrivers(project, airflow("2.11.0", project));
    }
  }

  @Test
  void airflow3EndsTasksAsTheirDriversEndAndGivesThemTheJarsOfModels(@TempDir Path folder)
      throws Exception {
    try (DagProject project = project(folder)) {
      Airflow airflow = airflow("3.3.2", project);
      tasksEndAsTheirDrivers(project, airflow);

      project.addRotations();
      airflow.runs("rotations", "2013-02-05", "success 1");
    }
  }

  private static DagProject project(Path folder) {
    DagProject project = DagProject.in(folder);
    project.generate("flights");
    project.generate("cities", "--env", "night");
    return project;
  }

  private static Airflow airflow(String version, DagProject project) throws IOException {
    return Airflow.of(version, project.copy(), DagProject.CONNECTIONS);
  }

  private static void tasksEndAsTheirDrivers(DagProject project, Airflow airflow) throws Exception {
    allAreImported(project, airflow);
    aRunWorksOnTheUnitsThatEndInItsDataInterval(airflow);
    aRunThatAssetsTriggerWorksOnTheUnitsThatWerePublished(airflow);
    aPasswordIsNoSettingOnYarn(airflow);

    aFailingGateIsNotTriedAgain(project, airflow);
    aKilledDriverIsTriedAgainAndThenRight(project, airflow);
    airflow.runs("flights", "2013-02-04", "skipped 1"); // nothing new
    aKilledTaskLeavesNothing(project, airflow);
  }

  private static void allAreImported(DagProject project, Airflow airflow) throws IOException {
    Path broken = project.copy().root().resolve("dags/broken_dag.py");
    Files.writeString(broken, "from airflow import no_dag\n");
    assertThat(airflow.importErrors())
        .contains("broken_dag.py")
        .doesNotContain("flights_dag.py", "cities_dag.py");
    Files.delete(broken);
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

  /** Airflow 2.11 gives such a run a data interval besides. */
  private static void aRunThatAssetsTriggerWorksOnTheUnitsThatWerePublished(Airflow airflow) {
    String events =
        "{'flights': [type('Event', (), {'extra': {'start': '2013-01-01T00Z', 'end': '2013-02-01T00Z'}})]}";
    String context =
        "{'params': {}, 'triggering_asset_events': %s, 'data_interval_start': pendulum.parse('2026-10-01'), 'data_interval_end': pendulum.parse('2026-11-01')}"
            .formatted(events);
    assertThat(airflow.ask("afp_airflow.Calendar('month', 'UTC').interval(%s)".formatted(context)))
        .endsWith("2013-01");
  }

  private static void aPasswordIsNoSettingOnYarn(Airflow airflow) {
    String hook =
        """
        (lambda os, job: (
            os.environ.update(AIRFLOW_CONN_YARN='{"conn_type": "spark", "host": "yarn"}'),
            setattr(job, 'passwords', {'LAKE_PASSWORD': 'of the lake'}),
            job._get_hook()._build_spark_submit_command('job.jar'))[-1]
        )(afp_airflow.os, afp_airflow.AfpJobOperator(task_id='t', pipeline='p', conn_id='yarn'))""";
    assertThat(airflow.ask(hook)).contains("'--master', 'yarn'").doesNotContain("of the lake");
  }

  private static void aFailingGateIsNotTriedAgain(DagProject project, Airflow airflow) {
    airflow.runs("cities", "2024-01-01", "failed 1");
    assertThat(project.copy().rows("SELECT error_code FROM afp.run"))
        .containsExactly("{error_code=AFP-QUA-001}");
  }

  private static void aKilledDriverIsTriedAgainAndThenRight(DagProject project, Airflow airflow)
      throws Exception {
    Command test;
    try (Halt halt = project.atAQuery()) {
      test = airflow.start("flights", "2013-02-03");
      halt.await(test);
      test.killDriver();
    }
    airflow.ran("flights", test.ended(), "success 2");
    assertThat(new Ledger(project.copy()).done("core.flight")).containsExactly("2013-01 by 1");
  }

  /** What Airflow does to a task that somebody marks as failed. */
  private static void aKilledTaskLeavesNothing(DagProject project, Airflow airflow)
      throws Exception {
    project.writeCities("Bern,146000");
    project.copy().replace("dags/cities_dag.py", "retries=1", "retries=0");
    try (Halt halt = project.atAQuery()) {
      Command test = airflow.start("cities", "2024-01-04");
      halt.await(test);
      theSecretIsOnNoCommandLine(test);
      test.terminate();
      assertThat(test.ended().toString()).doesNotContain(DagProject.SECRET);
    }
    for (String left :
        List.of(
            "SELECT * FROM afp.lease",
            "SELECT * FROM afp.branch WHERE state NOT IN ('discarded', 'published')")) {
      assertThat(project.copy().rows(left)).as(left).isEmpty();
    }
    assertThat(new Ledger(project.copy()).pointers()).noneMatch(row -> row.contains("city"));
  }

  /** The driver would not have come to its query without it. */
  private static void theSecretIsOnNoCommandLine(Command test) throws IOException {
    assertThat(test.commandLines())
        .anyMatch(line -> line.contains("--run-key"))
        .noneMatch(line -> line.contains(DagProject.SECRET));
  }
}
