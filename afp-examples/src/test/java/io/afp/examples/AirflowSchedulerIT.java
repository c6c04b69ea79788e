package io.afp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that a scheduler of Airflow 3 starts, because somebody or something asks for them. */
@Tag("integration")
class AirflowSchedulerIT {

  @Test
  void theSchedulerRunsAllPipelinesWhatAssetsTriggerAndABackfill(@TempDir Path folder)
      throws Exception {
    try (DagProject project = DagProject.in(folder)) {
      project.copy().edit("2013-02", lines -> lines.subList(0, January.ROWS + 1));
      writePipelines(project);
      Airflow airflow = Airflow.of("3.3.2", project.copy(), AirflowScheduler.variables());
      try (AirflowScheduler scheduler = AirflowScheduler.of(airflow, 4)) {
        airflow.airflow("dags", "trigger", "all-pipelines").ended().succeeded();
        backfillTheFlightsOfTwoMonths(airflow);

        scheduler.await(
            "SELECT dag_id, run_type, state FROM dag_run ORDER BY dag_id, run_type",
            "all-pipelines manual success",
            "cities operator_triggered success",
            "flights backfill success",
            "flights backfill success",
            "flights scheduled running",
            "towns asset_triggered success",
            "towns operator_triggered success");
        scheduler.await(
            "SELECT dag_id, callback.state FROM deadline JOIN dag_run ON dag_run.id = dagrun_id"
                + " JOIN callback ON callback.id = callback_id WHERE missed",
            "cities success");
      }
      assertThat(project.copy().rows("SELECT * FROM mart.town")).containsExactly("{town=Bern}");
      assertThat(new Ledger(project.copy()).done("core.flight"))
          .extracting(done -> done.substring(0, 7))
          .containsExactlyInAnyOrder("2013-01", "2013-02");
    }
  }

  /** Cities takes longer than it promises, towns reads what it writes, flights waits for files. */
  private static void writePipelines(DagProject project) {
    ProjectCopy copy = project.copy();
    project.writeCities("Bern,146000");
    copy.write("cities/pipeline.yaml", "pipeline: cities\nsla: { duration: PT1S }\n");
    copy.write("towns/pipeline.yaml", "pipeline: towns\n");
    copy.write(
        "towns/tables/mart/town.yaml",
        "columns: { town: { type: string } }\nserve: { postgres: mart.town, mode: swap }\n");
    copy.write(
        "towns/tables/mart/town.sql", "select city as town from raw.city where people < 1000000\n");
    copy.replace(
        "flights/pipeline.yaml", "schedule:", "airflow: { wait_for_inputs: PT6H }\nschedule:");
    project.generate("cities", "towns");
    project.generate("flights");
  }

  /** Beside the run of last month, which waits for its files. */
  private static void backfillTheFlightsOfTwoMonths(Airflow airflow) {
    airflow
        .airflow(
            "backfill",
            "create",
            "--dag-id",
            "flights",
            "--from-date",
            "2013-01-02",
            "--to-date",
            "2013-03-02",
            "--max-active-runs",
            "1")
        .ended()
        .succeeded();
  }
}
