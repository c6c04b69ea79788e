package io.afp.ingestion;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.ledger.Phase;
import io.afp.core.spi.Check;
import io.afp.core.testing.TestProject;
import io.afp.core.testing.TestSpark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.TaskContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that break a check with {@code quarantine} are kept beside their table until they obey. */
class QuarantineTest {

  private static final String TABLE =
      """
      from: { files: "in/${interval:yyyy-MM}.csv", format: csv }
      columns:
        id:     { type: int, required: true, checks: [ { above: 0, quarantine: true, severity: warn } ] }
        day:    { type: date, required: true }
        amount: { type: int, checks: [ { between: [0, %s], quarantine: true%s } ] }
        mail:   { type: string, pii: true, checks: [ { format: email, quarantine: true } ] }
      partition_by: [month(day)]
      write: { mode: replace, interval_column: day }
      rejects: { at_most: 100%% }
      """;

  private static final String REASONS =
      "concat_ws(';', transform(reasons, r -> concat_ws(' ', r.reason, r.rule, r.severity,"
          + " r.column, r.value)))";

  @TempDir private Path root;
  private TestProject project;

  @BeforeEach
  void open() {
    project = new TestProject(root, "interval: { unit: month, zone: UTC }");
    amountIsUpTo("100", "");
  }

  @AfterEach
  void close() {
    project.close();
  }

  private void amountIsUpTo(String most, String more) {
    project.table("raw.t", TABLE.formatted(most, more));
  }

  private QuarantineTest file(String month, String... lines) {
    project.file(
        "p/in/" + month + ".csv", "id,day,amount,mail\n" + String.join("\n", lines) + "\n");
    return this;
  }

  private JsonNode run(String... arguments) {
    return project.run(List.of(Phase.INGEST, Phase.QUALITY), arguments);
  }

  private JsonNode upkeep(String task, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("--pipeline", root.resolve("p").toString(), "--table", "raw.t"));
    arguments.addAll(List.of(more));
    JsonNode report = project.upkeep(task, arguments.toArray(String[]::new));
    assertThat(report.get("data")).as(report.toString()).isNotNull();
    return report.get("data");
  }

  private List<String> rows() {
    return project.lake("select id, day, amount from raw.t");
  }

  private List<String> kept() {
    return project.lake("select interval_start, %s from raw.t__quarantine".formatted(REASONS));
  }

  private static void published(JsonNode report) {
    assertThat(report.get("outcome").asText()).as(report.toString()).isEqualTo("published");
  }

  @Test
  void theyGetInOnceTheyObeyAndStayOutUntilThen() {
    file(
        "2024-01",
        "1,2024-01-01,1,a@example.org",
        "2,2024-01-02,500,b@example.org",
        "x,2024-01-02,5,");
    file("2024-02", "-3,2024-02-01,-1,nobody", "4,2024-02-02,,d@example.org");
    JsonNode run = run("--interval", "2024-01..2024-02");

    published(run);
    assertThat(rows()).containsExactly("1 2024-01-01 1", "4 2024-02-02 null");
    assertThat(kept())
        .containsExactly(
            "2024-01-01 raw.t.amount.between between error amount 500",
            "2024-02-01 raw.t.id.above above warn id -3;raw.t.amount.between between error amount"
                + " -1;raw.t.mail.format format error mail nobody");
    assertThat(
            project.lake(
                "select run_id, snapshot_id = (select max(snapshot_id) from raw.t.snapshots), file"
                    + " like '%2024-0%' from raw.t__quarantine"))
        .containsOnly(run.get("run_id").asText() + " true true");
    assertThat(project.lake("select count(*) from raw.t__rejects")).containsExactly("1");
    listsAndExplains();

    amountIsUpTo("1000", "");
    JsonNode check = upkeep("quarantine-check");
    assertThat(List.of(check.get("rows").asInt(), check.get("fits").asInt())).containsExactly(2, 1);
    published(run("--replay-quarantine", "raw.t"));
    assertThat(rows()).containsExactly("1 2024-01-01 1", "2 2024-01-02 500", "4 2024-02-02 null");
    assertThat(kept()).hasSize(1);
    assertThat(run("--replay-quarantine", "raw.t").get("outcome").asText())
        .isEqualTo("nothing_to_do");
    published(run("--interval", "2024-01..2024-02"));
    assertThat(rows()).as("a run by the definition of today has each of them once").hasSize(3);
    assertThat(kept()).hasSize(1);
    file("2024-02", "4,2024-02-02,,d@example.org");
    published(run("--interval", "2024-02"));
    assertThat(kept()).as("the rows of a mended file are taken out").isEmpty();
  }

  private void listsAndExplains() {
    JsonNode list = upkeep("quarantine-list");
    assertThat(list.get("tables").toString())
        .isEqualTo(
            "[{\"table\":\"raw.t\",\"interval\":\"2024-01\",\"rows\":1},"
                + "{\"table\":\"raw.t\",\"interval\":\"2024-02\",\"rows\":1}]");
    JsonNode explained =
        upkeep("quarantine-explain", "--limit", "5", "--reason", "raw.t.mail.format");
    assertThat(explained.get("rows").asInt()).isEqualTo(1);
    JsonNode row = explained.get("quarantine").get(0);
    assertThat(row.get("record").asText())
        .as("personal values are masked")
        .isEqualTo("{\"id\":-3,\"day\":\"2024-02-01\",\"amount\":-1,\"mail\":\"******\"}");
    assertThat(row.get("reasons").findValuesAsText("sentence"))
        .containsExactly(
            "id: breaks above 0: \"-3\"",
            "amount: breaks between 0 and 100: \"-1\"",
            "mail: breaks format: \"******\"");
    List<String> verdicts =
        project
            .lake()
            .database()
            .inTransaction(
                handle ->
                    handle
                        .createQuery(
                            "SELECT status || ' ' || rows_failed || '/' || rows_judged FROM"
                                + " afp.check_result WHERE check_name = 'raw.t.amount.between'")
                        .mapTo(String.class)
                        .list());
    assertThat(verdicts).containsExactly("warned 2/3");
  }

  @Test
  void moreThanAreAllowedFailTheRun() {
    amountIsUpTo("100", ", at_least: 60%");
    file("2024-01", "1,2024-01-01,1,", "2,2024-01-02,500,", "3,2024-01-03,700,");
    JsonNode run = run("--interval", "2024-01");

    assertThat(run.get("exit").asInt()).isEqualTo(65);
    assertThat(TestProject.problems(run))
        .singleElement()
        .asString()
        .contains(
            "check raw.t.amount.between failed: 2 of 3 rows break between 0 and 100, 60 % must"
                + " obey, 33.3333 % do; they are in raw.t__quarantine");
    assertThat(run.toString()).contains("afp quarantine explain p raw.t --run");
  }

  @Test
  void valuesOfAllTypesComeBackAsTheyWere() {
    project.table(
        "raw.t",
        """
        from: { files: "in/${interval:yyyy-MM}.csv", format: csv }
        columns:
          id:    { type: int, checks: [ { above: 0, quarantine: true } ] }
          day:   { type: date }
          at:    { type: timestamp }
          local: { type: timestamp_ntz }
          price: { type: "decimal(38,10)" }
          ratio: { type: double }
          flag:  { type: boolean }
          text:  { type: string }
        partition_by: [month(day)]
        write: { mode: replace, interval_column: day }
        """);
    String values =
        ",2024-01-31,2024-01-31T23:59:59.123456Z,2024-01-31T01:02:03.000001,1234567890123456789012345678.0123456789,";
    String header = "id,day,at,local,price,ratio,flag,text";
    String text = "NaN,true,\"a \"\"b\"\" ü\"";
    project.file(
        "p/in/2024-01.csv",
        String.join(
            "\n",
            header,
            "1" + values + text,
            "-1" + values + text,
            "-2" + values + "0.1,false,",
            ""));
    published(run("--interval", "2024-01"));
    assertThat(project.lake("select id from raw.t")).containsExactly("1");
    project.table(
        "raw.t",
        """
        from: { files: "in/${interval:yyyy-MM}.csv", format: csv }
        columns:
          id:    { type: int, checks: [ { above: -9, quarantine: true } ] }
          day:   { type: date }
          at:    { type: timestamp }
          local: { type: timestamp_ntz }
          price: { type: "decimal(38,10)" }
          ratio: { type: double }
          flag:  { type: boolean }
          text:  { type: string }
        partition_by: [month(day)]
        write: { mode: replace, interval_column: day }
        """);
    published(run("--replay-quarantine", "raw.t"));

    assertThat(project.lake("select id from raw.t")).hasSize(3);
    assertThat(project.lake("select distinct day, at, local, price from raw.t")).hasSize(1);
    assertThat(project.lake("select ratio, flag, text from raw.t where id in (-1, 1)"))
        .as("not a number is one")
        .hasSize(2)
        .containsOnly(project.lake("select ratio, flag, text from raw.t where id = 1").get(0));
    assertThat(project.lake("select ratio, flag, text is null from raw.t where id = -2"))
        .containsExactly("0.1 false true");
  }

  @Test
  void theyKeepWhatTheSourceBroughtAndAReplaySaysWhatTheyLack() {
    project.table("raw.t", TABLE.formatted("100", "") + "drift: { new_columns: evolve }\n");
    project.file(
        "p/in/2024-01.csv",
        "id,day,amount,mail,city\n1,2024-01-01,1,,Ulm\n2,2024-01-02,500,,Bonn\n");
    published(run("--interval", "2024-01"));
    assertThat(project.lake("select record from raw.t__quarantine"))
        .singleElement()
        .asString()
        .contains("\"mail\":null", "\"city\":\"Bonn\"");

    project.table(
        "raw.t",
        TABLE.formatted("1000", "").replace("partition_by", "  tax: { type: int }\npartition_by")
            + "drift: { new_columns: evolve }\n");
    JsonNode replay = run("--replay-quarantine", "raw.t");
    published(replay);
    assertThat(TestProject.problems(replay))
        .anyMatch(p -> p.contains("Column tax of raw.t is null for 1 row of the quarantine"));
    assertThat(project.lake("select id, city, tax from raw.t"))
        .containsExactly("1 Ulm null", "2 Bonn null");
  }

  /** Obeys until the rows are computed once more. */
  public static final class Wavering implements Check {
    private static final AtomicInteger FIRST = new AtomicInteger(-1);

    @Override
    public Column holds(Asked asked) {
      UDF1<Integer, Boolean> obeys = Wavering::obeys;
      return udf(obeys, DataTypes.BooleanType).apply(col(asked.column().orElseThrow()));
    }

    private static Boolean obeys(Integer amount) {
      int stage = TaskContext.get().stageId();
      FIRST.compareAndSet(-1, stage);
      return amount < 100 && stage == FIRST.get();
    }
  }

  /** As many obey when the rows are computed once more, but others. */
  public static final class Swapping implements Check {

    @Override
    public Column holds(Asked asked) {
      UDF1<Integer, Boolean> obeys = amount -> amount < 100 == Wavering.obeys(1);
      return udf(obeys, DataTypes.BooleanType).apply(col(asked.column().orElseThrow()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "write: { mode: append }",
        "  day: { type: date }\nkey: [id]\nwrite: { mode: upsert, as_of: day }"
      })
  void asManyRowsThatAreOthersAreNotTakenForThoseThatWereCounted(String write) {
    wavering();
    landing("{ custom: \"%s\", quarantine: true }".formatted(Swapping.class.getName()), write);
    project.file("p/in/a.csv", "id,amount,day\n1,1,2024-01-01\n2,500,2024-01-01\n");

    assertThat(TestProject.problems(run()))
        .anyMatch(p -> p.contains("other rows break checks when they are computed again"));
    assertThat(project.ledger("select count(*) from afp.release")).containsExactly("0");
  }

  @Test
  void theRowsThatAreAddedToOthersAreAllKeptOrTheRunFails() {
    landing(wavering());
    project.file("p/in/a.csv", "id,amount\n1,1\n2,500\n");

    JsonNode run = run();

    assertThat(TestProject.problems(run))
        .anyMatch(p -> p.contains("Cannot keep the quarantine of raw.t: "));
  }

  @Test
  void aRowThatObeysWhenItIsCountedAndNotWhenItIsMergedFailsTheRun() {
    landing(wavering(), "  day: { type: date }\nkey: [id]\nwrite: { mode: upsert, as_of: day }");
    project.file("p/in/a.csv", "id,amount,day\n1,1,2024-01-01\n2,2,2024-01-01\n");

    JsonNode run = run();

    assertThat(TestProject.problems(run))
        .as("it is neither in the table nor kept out")
        .anyMatch(p -> p.contains("(rows=2, given to the table=0, kept out=0)"));
  }

  private static String wavering() {
    Wavering.FIRST.set(-1);
    return "{ custom: \"%s\", quarantine: true }".formatted(Wavering.class.getName());
  }

  @Test
  void theyAreNotInTheTableAndTheQuarantineWhenAFileIsLoadedWithoutTheCheck() {
    landing("{ between: [0, 100], quarantine: true }");
    project.file("p/in/a.csv", "id,amount\n1,1\n2,500\n");
    project.file("p/in/b.csv", "id,amount\n3,600\n");
    published(run());
    assertThat(project.lake("select id, amount from raw.t")).containsExactly("1 1");

    landing("{ between: [0, 100], severity: warn }");
    project.file("p/in/a.csv", "id,amount\n1,1\n2,500\n4,4\n");
    published(run());
    assertThat(project.lake("select id, amount from raw.t")).containsExactly("1 1", "2 500", "4 4");
    assertThat(project.lake("select record from raw.t__quarantine"))
        .singleElement()
        .asString()
        .contains("\"id\":3");
    assertThat(TestProject.problems(run("--replay-quarantine", "raw.t")))
        .anyMatch(
            p -> p.startsWith("AFP-ING-020 Cannot replay the quarantine of raw.t: no check of it"));
  }

  private void landing(String check) {
    landing(check, "write: { mode: append }");
  }

  private void landing(String check, String write) {
    project.file("p/pipeline.yaml", "pipeline: p\n");
    project.table(
        "raw.t",
        """
        from: { files: "in/*.csv", format: csv }
        columns:
          id:     { type: int, required: true }
          amount: { type: int, checks: [ %s ] }
        %s
        metadata: { source: _afp_source }
        """
            .formatted(check, write));
  }

  @Tag("long")
  @Test
  void theyGoWhenTheyAreOlderThanTheyAreKept() {
    settings("keep: { quarantine: P1D, rejects: P30D }");
    amountIsUpTo("100", "");
    file(
        "2024-01",
        "1,2024-01-01,1,",
        "2,2024-01-02,500,",
        "3,2024-01-03,600,",
        "x,2024-01-04,5,",
        "y,2024-01-05,5,");
    file("2024-02", "4,2024-02-02,700,");
    published(run("--interval", "2024-01..2024-02"));
    assertThat(clean("--dry-run").get("outdated")).as("all are young").isEmpty();
    project
        .lake()
        .publish(
            "UPDATE raw.t__quarantine SET quarantined_at = now() - INTERVAL '25' HOUR"
                + " WHERE get_json_object(record, '$.id') <> '2'",
            "UPDATE raw.t__rejects SET rejected_at = now() - INTERVAL '31' DAY"
                + " WHERE get_json_object(record, '$.id') = 'x'",
            "UPDATE raw.t__rejects SET rejected_at = null"
                + " WHERE get_json_object(record, '$.id') = 'y'");
    List<String> releases = project.ledger("select kind from afp.release order by id");
    String outdated =
        "[{\"table\":\"raw.t__rejects\",\"rows\":1},{\"table\":\"raw.t__quarantine\",\"rows\":2}]";

    assertThat(clean("--dry-run").get("outdated")).hasToString(outdated);
    assertThat(kept()).as("a dry run changes nothing").hasSize(3);
    assertThat(clean().get("outdated")).hasToString(outdated);

    assertThat(kept()).singleElement().asString().contains("500");
    assertThat(project.lake("select get_json_object(record, '$.id') from raw.t__rejects"))
        .as("nobody knows how old it is")
        .containsExactly("y");
    releases.add("clean");
    assertThat(project.ledger("select kind from afp.release order by id")).isEqualTo(releases);
    assertThat(
            project.lake(
                "select operation, summary['afp.kept-since'] is not null"
                    + " from raw.t__quarantine.snapshots order by committed_at desc limit 1"))
        .containsExactly("overwrite true");
    assertThat(clean().get("outdated")).isEmpty();
    whatIsGoneIsNotReplayedUntilARollbackBringsItBack(releases.size() - 1);
  }

  private void whatIsGoneIsNotReplayedUntilARollbackBringsItBack(int before) {
    amountIsUpTo("1000", "");
    JsonNode check = upkeep("quarantine-check");
    assertThat(check.get("rows").asInt()).isEqualTo(1);
    published(run("--replay-quarantine", "raw.t"));
    assertThat(rows()).containsExactly("1 2024-01-01 1", "2 2024-01-02 500");
    assertThat(kept()).isEmpty();

    project.upkeep("rollback", "--to", Integer.toString(before));
    assertThat(kept()).as("all that was there then").hasSize(3);
    assertThat(rows()).hasSize(1);
    assertThat(clean().get("outdated").findValuesAsText("rows")).containsExactly("1", "2");
    settings("keep: { quarantine: forever }");
    assertThat(clean("--dry-run").get("outdated")).isEmpty();
    published(run("--interval", "2024-01..2024-02"));
    assertThat(rows()).as("what a source still has is read again").hasSize(4);
  }

  private void settings(String more) {
    project.file(
        "afp.yaml",
        "lake: { uri: \"%s\", warehouse: \"%s\" }\n%s\n"
            .formatted(project.lake().account().uri(), project.lake().warehouse().toUri(), more));
  }

  private JsonNode clean(String... more) {
    List<String> arguments = new ArrayList<>(List.of("--older-than", "P7D"));
    arguments.addAll(List.of("--keep-releases", "9"));
    arguments.addAll(List.of(more));
    JsonNode report = project.upkeep("clean", arguments.toArray(String[]::new));
    assertThat(report.get("data")).as(report.toString()).isNotNull();
    return report.get("data");
  }

  @Test
  void aCleanFileCostsNoJobMore() throws TimeoutException {
    file("2024-01", "1,2024-01-01,1,").file("2024-02", "1,2024-02-01,1,");
    int clean = jobs("2024-01");
    String text = TABLE.formatted("100", "").replace(", quarantine: true", "");
    project.table("raw.t", text);
    assertThat(clean).isEqualTo(jobs("2024-02"));
  }

  private int jobs(String month) throws TimeoutException {
    AtomicInteger jobs = new AtomicInteger();
    SparkListener starts =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart start) {
            jobs.incrementAndGet();
          }
        };
    var context = TestSpark.session().sparkContext();
    context.addSparkListener(starts);
    try {
      published(run("--interval", month));
      context.listenerBus().waitUntilEmpty();
    } finally {
      context.removeSparkListener(starts);
    }
    return jobs.get();
  }
}
