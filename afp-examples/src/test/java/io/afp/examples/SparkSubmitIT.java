package io.afp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.ledger.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The four job jars, one after the other on an unmodified Spark, end in what {@code afp run} ends
 * in, and so does that of the pipeline.
 */
@Tag("integration")
@ExtendWith(January.class)
class SparkSubmitIT {

  private static final String AIRLINES =
      "--files flights/data/airlines.csv.gz --reader csv --option header=true";

  @Test
  void fourJobsWithOneKeyAreOneRun(@TempDir Path folder, ProjectCopy january) throws Exception {
    try (ProjectCopy project = ProjectCopy.withPostgres(folder)) {
      project.edit("2013-01", lines -> lines.subList(0, January.ROWS + 1));
      SparkSubmit submit = new SparkSubmit(project, "night 1", "2013-01");

      Map<String, Command.Ended> jobs = new LinkedHashMap<>();
      jobs.put("Ingestion", onExecutor(submit, "Ingestion", folder));
      submit.job("Serving").endedWith(66);
      jobs.put("Transform", onExecutor(submit, "Transform", folder));
      assertThat(new Ledger(project).pointers()).isEmpty();
      jobs.put("Quality", onExecutor(submit, "Quality", folder));
      assertThat(new Ledger(project).pointers()).hasSize(FlightsState.TABLES.size());
      jobs.put("Serving", onExecutor(submit, "Serving", folder));

      assertThat(FlightsState.of(project)).isEqualTo(FlightsState.ofJanuary(january));
      String id = FlightsState.runOf(project);
      for (Map.Entry<String, Command.Ended> job : jobs.entrySet()) {
        RunLines.areOfTheRun(RunLines.ofDriver(job.getValue().err()), id);
        RunLines.areOfTheRun(
            RunLines.ofExecutors(folder.resolve(job.getKey()).resolve("work")), id);
      }

      Map<String, List<String>> before = new Ledger(project).everything();
      submit.job("Ingestion").succeeded();
      submit.job("Serving").succeeded();
      assertThat(new Ledger(project).everything()).isEqualTo(before);
      modelsOfAJarFillTheirTables(project, submit);
    }
  }

  private static Command.Ended onExecutor(SparkSubmit submit, String layer, Path folder)
      throws IOException {
    return submit.jobOnExecutor(layer, folder.resolve(layer), RunLines.log4j(folder)).succeeded();
  }

  private static void modelsOfAJarFillTheirTables(ProjectCopy project, SparkSubmit submit) {
    project.addRotations();

    submit.transform("rotations", Reactor.jar("afp-examples", ".jar")).succeeded();

    assertThat(new Lake(project).rows(LegTruth.LEGS))
        .hasSizeGreaterThan(900)
        .isEqualTo(legs(project));
  }

  private static List<String> legs(ProjectCopy project) {
    List<Row> departures = new Lake(project).main().sql(LegTruth.DEPARTURES).collectAsList();
    return LegTruth.of(departures).stream().map(LegTruth::text).sorted().toList();
  }

  @Test
  void thePipelineJobIsTheSameRunInOneDriver(@TempDir Path folder, ProjectCopy january) {
    try (ProjectCopy project = ProjectCopy.withPostgres(folder)) {
      project.edit("2013-01", lines -> lines.subList(0, January.ROWS + 1));

      new SparkSubmit(project, "night 1", "2013-01").job("Pipeline").succeeded();

      assertThat(FlightsState.of(project)).isEqualTo(FlightsState.ofJanuary(january));
    }
  }

  @Test
  void theGateOfTheQualityJobKeepsTheRunFromMain(@TempDir Path folder) {
    try (ProjectCopy project = ProjectCopy.withPostgres(folder)) {
      project.edit("2013-01", lines -> lines.subList(0, 100));
      project.replace(
          "flights/tables/raw/airlines.yaml", "- rows: { min: 1 }", "- rows: { min: 17 }");
      SparkSubmit submit = new SparkSubmit(project, "night 1", "2013-01");
      submit.job("Ingestion").succeeded();

      Command.Ended gate = submit.job("Quality").endedWith(65);

      assertThat(gate.err()).contains("AFP-QUA-001", "raw.airlines.rows");
      assertThat(new Ledger(project).pointers()).isEmpty();
      submit.job("Serving").endedWith(66);
    }
  }

  @Test
  void aTableThatNoPipelineFillsIsJudgedByTheQualityJar(@TempDir Path folder) {
    try (ProjectCopy project = ProjectCopy.withPostgres(folder)) {
      project.write(
          "ref.checks.yaml",
          "{ table: ref.carrier, columns: { name: { required: true } }, key: [carrier] }");
      project.execute("create table carrier as select 'AA' carrier, null::text as name");
      Database.Account account = project.postgres().live().orElseThrow();
      String password = account.password().orElseThrow().reveal();
      SparkSubmit submit = new SparkSubmit(project, "", "");

      Command.Ended ofFiles =
          submit.check(Map.of(), ("--checks ref.checks.yaml " + AIRLINES).split(" ")).succeeded();
      Command.Ended ofDatabase =
          submit
              .check(
                  Map.of("CRM_PASSWORD", password),
                  ("--checks ref.checks.yaml --dbtable public.carrier --user %s"
                          + " --password-env CRM_PASSWORD --json --database %s")
                      .formatted(account.user().orElseThrow(), account.uri())
                      .split(" "))
              .endedWith(65);

      assertThat(ofFiles.out()).contains("ref.carrier.key", "2 checks: 2 passed");
      assertThat(ofDatabase.json().at("/data/checks/0/status").asText()).isEqualTo("failed");
      assertThat(ofDatabase.out() + ofDatabase.err()).doesNotContain(password);
      assertThat(
              project
                  .afp(("quality check ref.checks.yaml " + AIRLINES).split(" "))
                  .succeeded()
                  .out())
          .isEqualToIgnoringNewLines(ofFiles.out());
    }
  }
}
