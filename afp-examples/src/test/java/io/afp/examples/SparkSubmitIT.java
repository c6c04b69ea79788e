package io.afp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afp.core.ledger.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
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

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> TABLES =
      List.of(
          "raw.flights",
          "raw.airlines",
          "raw.airports",
          "raw.planes",
          "raw.weather",
          "core.flight",
          "core.plane",
          "mart.carrier_day",
          "mart.route_month",
          "mart.weather_delay");

  private static final String AIRLINES =
      "--files flights/data/airlines.csv.gz --reader csv --option header=true";

  /** What Postgres has of January; the other project has February too. */
  private static final Map<String, String> LEDGER =
      Map.of(
          "tables",
              "SELECT table_namespace, table_name FROM iceberg_tables WHERE catalog_name = 'lake'",
          "served", "SELECT target FROM afp_serving.load",
          "served carriers", "SELECT * FROM mart.carrier_day WHERE flight_date < '2013-02-01'",
          "served routes", "SELECT * FROM mart.route_month WHERE month < '2013-02-01'",
          "served weather", "SELECT * FROM mart.weather_delay WHERE month < '2013-02-01'",
          "done",
              """
              SELECT table_namespace, table_name, unit, interval_start, interval_end, definition_hash, inputs::text
                FROM afp.done WHERE unit <> '2013-02'
              """,
          "loaded_file",
              """
              SELECT table_namespace, table_name, unit, path, checksum FROM afp.loaded_file WHERE unit <> '2013-02'
              """,
          "check_result",
              """
              SELECT c.table_namespace, c.table_name, check_name, rule, severity, status, rows_judged, rows_failed, origin,
                     message, samples::text
                FROM afp.check_result c JOIN afp.run r ON r.id = c.run_id WHERE r.release_id = 1
              """,
          "open branches", "SELECT name FROM afp.branch WHERE state IN ('open', 'fenced')",
          "leases", "SELECT pipeline FROM afp.lease");

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
      assertThat(new Ledger(project).pointers()).hasSize(TABLES.size());
      jobs.put("Serving", onExecutor(submit, "Serving", folder));

      assertThat(state(project)).isEqualTo(january(january));
      String id = runOf(project);
      for (Map.Entry<String, Command.Ended> job : jobs.entrySet()) {
        everyLineIsOneObjectOfTheRun(linesOfDriver(job.getValue()), id);
        everyLineIsOneObjectOfTheRun(linesOfExecutors(folder.resolve(job.getKey())), id);
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
    return submit.jobOnExecutor(layer, folder.resolve(layer), log4j(folder)).succeeded();
  }

  /** The run of the first release. */
  private static String runOf(ProjectCopy project) {
    return project
        .rows("SELECT id::text AS id FROM afp.run WHERE release_id = 1")
        .get(0)
        .replaceAll("[{}]|id=", "");
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

      assertThat(state(project)).isEqualTo(january(january));
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

  /** All that can be asked for: equal exactly when EXCEPT ALL is empty both ways. */
  private static Map<String, List<String>> state(ProjectCopy project) {
    return state(project, table -> table);
  }

  /** The state as the first release left it. */
  private static Map<String, List<String>> january(ProjectCopy project) {
    String snapshots =
        "SELECT max_by(snapshot_id, committed_at) FROM %s.snapshots WHERE summary['afp.run-id'] = '%s'";
    String run = runOf(project);
    SparkSession main = new Lake(project).main();
    return state(
        project,
        table ->
            "%s VERSION AS OF %d"
                .formatted(table, main.sql(snapshots.formatted(table, run)).first().getLong(0)));
  }

  private static Map<String, List<String>> state(
      ProjectCopy project, UnaryOperator<String> version) {
    Map<String, List<String>> state = new LinkedHashMap<>();
    SparkSession main = new Lake(project).main();
    for (String table : TABLES) {
      Dataset<Row> rows = main.sql("SELECT * FROM " + version.apply(table));
      state.put(table + " columns", List.of(rows.schema().toDDL()));
      state.put(table, rows.collectAsList().stream().map(Row::json).sorted().toList());
    }
    LEDGER.forEach(
        (name, sql) ->
            state.put(
                name, project.rows("SELECT row_to_json(r)::text AS r FROM (%s) r".formatted(sql))));
    return state;
  }

  /** The configuration of the executors, with lines of Spark itself. */
  private static Path log4j(Path folder) throws IOException {
    String text = Files.readString(Reactor.root().resolve("deploy/spark/log4j2.properties"));
    return Files.writeString(
        folder.resolve("log4j2.properties"),
        text.replace("rootLogger.level = warn", "rootLogger.level = info"));
  }

  /** The first lines of a driver come before it knows its run. */
  private static Stream<String> linesOfDriver(Command.Ended driver) {
    return driver.err().lines().dropWhile(line -> correlationId(line).isEmpty());
  }

  /** What executors wrote, without the command that started them. */
  private static Stream<String> linesOfExecutors(Path executors) throws IOException {
    try (Stream<Path> files = Files.walk(executors.resolve("work"))) {
      List<String> lines =
          files
              .filter(file -> file.getFileName().toString().equals("stderr"))
              .flatMap(SparkSubmitIT::lines)
              .filter(line -> !line.startsWith("Spark Executor Command:") && !line.matches("=*"))
              .toList();
      return lines.stream().filter(line -> !isTailOfAnother(line, lines));
    }
  }

  /**
   * The worker of a local cluster may write its last buffer twice when it stops; it starts anywhere
   * in a line.
   */
  private static boolean isTailOfAnother(String line, List<String> lines) {
    return lines.stream().anyMatch(l -> l.length() > line.length() && l.endsWith(line));
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void everyLineIsOneObjectOfTheRun(Stream<String> lines, String id) {
    assertThat(lines.map(SparkSubmitIT::correlationId)).isNotEmpty().containsOnly(id);
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
