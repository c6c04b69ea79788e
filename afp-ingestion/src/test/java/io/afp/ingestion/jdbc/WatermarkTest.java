package io.afp.ingestion.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.ledger.Phase;
import io.afp.core.testing.TestProject;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only what is newer is read; the watermark is published and rolled back with the rows. */
class WatermarkTest {

  private static final String COLUMNS =
      """
      columns:
        id: { type: int, required: true }
        name: { type: string }
        at: { type: timestamp, required: true }
      key: [id]
      """;

  private static final String UPSERT =
      "from: { jdbc: { connection: crm, table: t, watermark: at%s } }\n"
          + COLUMNS
          + "write: { mode: upsert, as_of: at }\n";

  private static final String APPEND =
      "from: { jdbc: { connection: crm, table: t, watermark: id } }\n"
          + COLUMNS
          + "write: { mode: append }\n";

  @TempDir private Path root;
  private final TestSource source = new TestSource();
  private TestProject project;

  @BeforeEach
  void open() {
    project = source.in(new TestProject(root, ""));
    source.execute(
        "CREATE TABLE t (id int, name text, at timestamptz)",
        "INSERT INTO t VALUES (1, 'a', '2024-01-01 10:00Z'), (2, 'b', '2024-01-01"
            + " 11:00:00.000001Z')");
  }

  @AfterEach
  void close() {
    project.close();
    source.close();
  }

  private JsonNode run(String... more) {
    return project.run(List.of(Phase.INGEST), more);
  }

  private String outcome(String... more) {
    JsonNode report = run(more);
    return report.get("exit").asInt() == 0 ? report.get("outcome").asText() : report.toString();
  }

  private List<String> watermarks() {
    return project.ledger(
        "select source || ' ' || value || ' ' || release_id from afp.watermark order by"
            + " release_id");
  }

  /** The one that counts. */
  private String watermark() {
    return project
        .ledger("select source || ' ' || value from afp.watermark where until_release is null")
        .get(0);
  }

  private List<String> rowsRead() {
    return project.ledger(
        "select rows_in from afp.step where phase = 'ingest' and state = 'finished' order by"
            + " started_at");
  }

  @Test
  void onlyWhatIsNewerIsReadAndNothingIsDoneWithoutNews() {
    project.table("raw.t", UPSERT.formatted(""));
    assertThat(outcome()).isEqualTo("published");
    assertThat(outcome()).isEqualTo("nothing_to_do");
    assertThat(project.plan()).isEmpty();

    source.execute(
        "INSERT INTO t VALUES (3, 'c', '2024-01-02 00:00Z'), (4, 'late', '2024-01-01 00:00Z')");
    assertThat(project.plan())
        .containsExactly(
            "raw.t all stale crm/t/at has news: at 2024-01-02 00:00:00+00:00, was at 2024-01-01"
                + " 11:00:00.000001+00:00");
    assertThat(outcome()).isEqualTo("published");
    assertThat(project.lake("select id from raw.t")).containsExactly("1", "2", "3");
    assertThat(watermarks())
        .containsExactly(
            "crm/t/at 2024-01-01 11:00:00.000001+00:00 1", "crm/t/at 2024-01-02 00:00:00+00:00 2");
  }

  @Test
  void theOverlapBringsWhatWasCommittedLate() {
    project.table("raw.t", UPSERT.formatted(", overlap: PT1H"));
    run();
    source.execute("INSERT INTO t VALUES (3, 'late', '2024-01-01 10:30Z')");
    assertThat(project.plan()).singleElement().asString().contains("2 rows in the overlap");
    assertThat(outcome()).isEqualTo("published");
    assertThat(outcome()).isEqualTo("nothing_to_do");
    assertThat(project.lake("select id, name from raw.t")).containsExactly("1 a", "2 b", "3 late");
    assertThat(rowsRead().get(1)).as("2 and 3 lie in the overlap, 1 does not").isIn("1", "2");
  }

  @Test
  void rowsThatComeLaterWithTheGreatestValueAreRead() {
    project.table("raw.t", UPSERT.formatted(""));
    run();
    source.execute("INSERT INTO t VALUES (3, 'same time', '2024-01-01 11:00:00.000001Z')");
    assertThat(project.plan()).singleElement().asString().contains("2 rows with it");
    assertThat(outcome()).isEqualTo("published");
    assertThat(project.lake("select id from raw.t")).containsExactly("1", "2", "3");
    assertThat(outcome()).isEqualTo("nothing_to_do");
  }

  @Test
  void aSourceThatCountsAnewIsSaid() {
    project.table("raw.t", APPEND);
    run();
    source.execute("TRUNCATE t", "INSERT INTO t VALUES (1, 'anew', '2024-02-01 00:00Z')");
    JsonNode report = run();
    assertThat(report.get("exit").asInt()).isZero();
    assertThat(TestProject.problems(report))
        .singleElement()
        .asString()
        .startsWith("AFP-JDBC-009 Source raw.t ends before the watermark")
        .contains("(watermark=2, greatest=1, column=id)");
    assertThat(project.lake("select id from raw.t")).containsExactly("1", "2");
  }

  @Test
  void rejectsOfAppendedRowsAreNotTakenForOneAnother() {
    project.table(
        "raw.t",
        APPEND
                .replace("id: { type: int, required: true }", "id: { type: int }")
                .replace("name: { type: string }", "name: { type: int }")
                .replace("  id: { type: int }\n", "")
                .replace("key: [id]\n", "")
                .replace("  at: { type: timestamp, required: true }\n", "")
            + "rejects: { at_most: 100% }\n");
    source.execute("UPDATE t SET name = 'no number'");
    run();
    source.execute("INSERT INTO t VALUES (3, 'no number', '2024-02-01 00:00Z')");
    assertThat(outcome()).isEqualTo("published");
    assertThat(project.lake("select record from raw.t__rejects")).hasSize(3);
  }

  private static final String LETTERS =
      "name: { type: string, checks: [ { matches: \"%s\", quarantine: true } ] }";

  /** Names that do not match are kept out. */
  private void namesAre(String pattern, String watermark) {
    project.table(
        "raw.t",
        UPSERT
            .formatted("")
            .replace(", watermark: at", watermark)
            .replace("name: { type: string }", LETTERS.formatted(pattern)));
  }

  private List<String> keptOut() {
    return project.lake("select get_json_object(record, '$.name') from raw.t__quarantine");
  }

  @Test
  void whatChecksKeptOutStaysUntilTheSameRowIsReadAgain() {
    namesAre("[a-z]+", ", watermark: at, overlap: PT1H");
    source.execute(
        "UPDATE t SET name = 'B2' WHERE id = 2",
        "INSERT INTO t VALUES (3, 'C3', '2024-01-01 11:30Z')");
    assertThat(outcome()).isEqualTo("published");
    assertThat(keptOut()).containsExactly("B2", "C3");

    source.execute("INSERT INTO t VALUES (4, 'D4', '2024-01-02 00:00Z'), (5, 'e', '2024-01-02Z')");
    assertThat(outcome()).isEqualTo("published");
    assertThat(keptOut())
        .as("each once, also those of the overlap")
        .containsExactly("B2", "C3", "D4");
    source.execute(
        "UPDATE t SET name = 'd' WHERE id = 4",
        "UPDATE t SET name = 'c', at = '2024-01-03Z' WHERE id = 3",
        "DELETE FROM t WHERE id = 2");
    assertThat(outcome()).isEqualTo("published");
    assertThat(keptOut())
        .as("d was read with the time of D4, c is newer than C3, and B2 is at the source no more")
        .containsExactly("B2", "C3");
    assertThat(project.lake("select id, name from raw.t"))
        .containsExactly("1 a", "3 c", "4 d", "5 e");

    namesAre("[a-zA-Z0-9]+", ", watermark: at, overlap: PT1H");
    assertThat(outcome("--replay-quarantine", "raw.t")).isEqualTo("published");
    assertThat(project.lake("select id, name from raw.t"))
        .as("a row that is older does not take the place of a newer one")
        .containsExactly("1 a", "2 B2", "3 c", "4 d", "5 e");
    assertThat(keptOut()).isEmpty();
    assertThat(outcome()).as("another definition reads all").isEqualTo("published");
    assertThat(project.lake("select count(*) from raw.t")).containsExactly("5");
  }

  @Test
  void whatChecksKeptOutStaysWhenTheSourceHasItNoLonger() {
    namesAre("[a-z]+", "");
    source.execute("UPDATE t SET name = 'B2' WHERE id = 2");
    assertThat(outcome()).isEqualTo("published");
    source.execute("DELETE FROM t WHERE id = 2", "INSERT INTO t VALUES (3, 'c', '2024-01-02Z')");

    assertThat(outcome()).isEqualTo("published");

    assertThat(project.lake("select id, name from raw.t")).containsExactly("1 a", "3 c");
    assertThat(keptOut()).as("as the rows of the table stay").containsExactly("B2");
    namesAre("[a-zB2]+", "");
    assertThat(outcome("--replay-quarantine", "raw.t")).isEqualTo("published");
    assertThat(project.lake("select id, name from raw.t")).containsExactly("1 a", "2 B2", "3 c");
  }

  @Test
  void aRejectIsNotReplayedWithoutAColumnThatWasNotRead() {
    source.execute("ALTER TABLE t ADD status text DEFAULT 'paid', ADD note text");
    String lacking =
        """

          note: { type: string }
          origin: { type: string, default: crm }
          city: { type: string, may_be_missing: true }
        """;
    rejecting("name: { type: string, length: [2, 9] }" + lacking);
    assertThat(outcome()).isEqualTo("published");
    assertThat(project.lake("select array_join(fields, ' ') from raw.t__rejects"))
        .as("status is there, and not read")
        .containsOnly("id name at status note");

    String mended = "name: { type: string }" + lacking;
    for (String status : List.of("default: new", "may_be_missing: true")) {
      rejecting(mended + "  status: { type: string, %s }\n".formatted(status));
      assertThat(replayed())
          .singleElement()
          .asString()
          .startsWith(
              "AFP-ING-020 2 rejects of raw.t can't be judged again: field status was not read"
                  + " then");
      assertThat(project.lake("select * from raw.t")).isEmpty();
    }

    rejecting(mended);
    assertThat(replayed())
        .singleElement()
        .asString()
        .startsWith(
            "AFP-ING-020 Column city of raw.t is null for 2 rejects: the source had no field city"
                + " when it was read");
    assertThat(project.lake("select id, name, note, origin, city from raw.t"))
        .as("a null that was read, and what the source lacks, as by a load")
        .containsExactly("1 a null crm null", "2 b null crm null");
  }

  private void rejecting(String columns) {
    String table = APPEND.replace("name: { type: string }\n", columns + "\n");
    project.table("raw.t", table + "rejects: { at_most: 100% }\n");
  }

  private List<String> replayed() {
    JsonNode report = run("--replay", "raw.t");
    assertThat(report.get("exit").asInt()).as(report.toString()).isZero();
    return TestProject.problems(report);
  }

  @Test
  void aRollbackGoesBackToTheWatermarkOfTheRows() throws Exception {
    project.table("raw.t", APPEND);
    run();
    source.execute("INSERT INTO t VALUES (3, 'c', '2024-01-02 00:00Z')");
    run();
    source.execute("INSERT INTO t VALUES (4, 'd', '2024-01-03 00:00Z')");
    run();
    rollback(1);
    assertThat(ids()).containsExactly("1", "2");
    assertThat(watermark()).isEqualTo("crm/t/id 2");

    assertThat(outcome()).isEqualTo("published");
    assertThat(ids()).containsExactly("1", "2", "3", "4");
  }

  @Test
  void aRollbackOfARollbackBringsBackTheWatermarkToo() throws Exception {
    project.table("raw.t", APPEND);
    run();
    source.execute("INSERT INTO t VALUES (3, 'c', '2024-01-02 00:00Z')");
    run();
    rollback(1);
    rollback(2);
    assertThat(ids()).containsExactly("1", "2", "3");
    assertThat(watermark()).isEqualTo("crm/t/id 3");
    run();
    assertThat(ids()).containsExactly("1", "2", "3");

    rollback(3);
    assertThat(watermark()).as("as the first rollback left it").isEqualTo("crm/t/id 2");
    source.execute("INSERT INTO t VALUES (4, 'd', '2024-01-03 00:00Z')");
    run();
    assertThat(ids()).containsExactly("1", "2", "3", "4");
  }

  private void rollback(int release) throws Exception {
    JsonNode report = project.upkeep("rollback", "--to", Integer.toString(release));
    assertThat(report.get("exit").asInt()).as(report.toString()).isZero();
  }

  private List<String> ids() {
    return project.lake("select id from raw.t");
  }

  @Test
  void aFullRefreshReadsAll() {
    project.table("raw.t", APPEND);
    run();
    source.execute(
        "UPDATE t SET name = upper(name)", "INSERT INTO t VALUES (3, 'C', '2024-01-02Z')");
    assertThat(outcome("--full-refresh")).isEqualTo("published");
    assertThat(project.lake("select id, name from raw.t")).containsExactly("1 A", "2 B", "3 C");
    assertThat(outcome()).isEqualTo("nothing_to_do");
  }

  @Test
  void rowsThatMergeAreReadAgainForAnotherDefinition() {
    String narrow = UPSERT.formatted("").replace("  name: { type: string }\n", "");
    project.table("raw.t", narrow);
    run();
    project.table("raw.t", UPSERT.formatted(""));
    assertThat(outcome()).isEqualTo("published");
    assertThat(project.lake("select id, name from raw.t")).containsExactly("1 a", "2 b");
  }

  @Test
  void anAppendIsNotContinuedFromAnotherSource() {
    project.table("raw.t", APPEND);
    run();
    source.execute("CREATE TABLE other AS SELECT * FROM t");
    project.table("raw.t", APPEND.replace("table: t", "table: other"));
    JsonNode report = run();
    assertThat(report.get("exit").asInt()).isEqualTo(78);
    assertThat(TestProject.problems(report))
        .singleElement()
        .asString()
        .contains("its rows are of another source (was=crm/t/id, now=crm/other/id)");
    assertThat(project.lake("select id from raw.t")).containsExactly("1", "2");
  }

  @Test
  void rowsWithoutAWatermarkAreReadWithEachRunAndSaid() {
    project.table("raw.t", UPSERT.formatted("").replace("watermark: at", "watermark: seen"));
    source.execute(
        "ALTER TABLE t ADD seen timestamp",
        "UPDATE t SET seen = at AT TIME ZONE 'UTC' WHERE id = 1",
        "INSERT INTO t VALUES (3, 'c', '2024-01-01Z', 'infinity')");
    JsonNode report = run();
    assertThat(report.get("outcome").asText()).as(report.toString()).isEqualTo("published");
    assertThat(TestProject.problems(report))
        .singleElement()
        .asString()
        .startsWith("AFP-JDBC-007 2 rows of source raw.t have no watermark (column=seen)");
    assertThat(project.lake("select id from raw.t")).containsExactly("1", "2", "3");

    source.execute("INSERT INTO t VALUES (4, 'd', '2024-01-01Z', NULL)");
    assertThat(outcome()).isEqualTo("published");
    assertThat(project.lake("select id from raw.t")).containsExactly("1", "2", "3", "4");
    assertThat(watermarks()).last().asString().contains("2024-01-01 10:00:00");
  }

  @Test
  void rowsWithoutAWatermarkAreNotAppended() {
    project.table("raw.t", APPEND);
    source.execute("INSERT INTO t VALUES (NULL, 'c', '2024-01-01Z')");
    JsonNode report = run();
    assertThat(report.get("exit").asInt()).isEqualTo(65);
    assertThat(TestProject.problems(report)).singleElement().asString().startsWith("AFP-JDBC-007");
    assertThat(watermarks()).isEmpty();
  }

  @Test
  void anEmptySourceHasNoWatermarkAndTheFirstRowsAreNewsThen() {
    source.execute("DELETE FROM t");
    project.table("raw.t", APPEND);
    assertThat(outcome()).isEqualTo("published");
    assertThat(watermarks()).containsExactly("crm/t/id  1");
    assertThat(outcome()).isEqualTo("nothing_to_do");
    source.execute("INSERT INTO t VALUES (7, 'g', '2024-01-01Z')");
    assertThat(outcome()).isEqualTo("published");
    assertThat(project.lake("select id from raw.t")).containsExactly("7");
  }

  @Test
  void rejectsOfEarlierRowsStayWhenNewerOnesAreRead() {
    project.table("raw.t", UPSERT.formatted(", overlap: PT1H") + "rejects: { at_most: 100% }\n");
    source.execute("INSERT INTO t VALUES (NULL, 'x', '2024-01-01 10:30Z')");
    assertThat(outcome()).isEqualTo("published");
    source.execute("INSERT INTO t VALUES (3, 'c', '2024-01-01 11:10Z')");
    assertThat(outcome()).as("x lies in the overlap").isEqualTo("published");
    source.execute(
        "INSERT INTO t VALUES (4, 'd', '2024-01-03Z')",
        "INSERT INTO t VALUES (NULL, 'y', '2024-01-02Z')");
    assertThat(outcome()).isEqualTo("published");
    source.execute("INSERT INTO t VALUES (5, 'e', '2024-01-04Z')");
    assertThat(outcome()).as("nothing is rejected").isEqualTo("published");
    assertThat(project.lake("select get_json_object(record, '$.name') from raw.t__rejects"))
        .containsExactly("x", "y");
    assertThat(project.lake("select id from raw.t")).containsExactly("1", "2", "3", "4", "5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "INSERT INTO t VALUES (4, 'd', '2024-01-03Z')"})
  void aRunThatCouldNotPublishIsDoneAgainWithoutADouble(String meanwhile) {
    project.table("raw.t", APPEND);
    run();
    source.execute("INSERT INTO t VALUES (3, 'c', '2024-01-02Z')");
    inLedger(
        """
        CREATE FUNCTION afp.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not now'; END $$
        """,
        "CREATE TRIGGER refuse BEFORE INSERT ON afp.release FOR EACH ROW EXECUTE FUNCTION"
            + " afp.refuse()");
    assertThat(run().get("exit").asInt()).isNotZero();
    assertThat(watermarks()).as("neither rows nor watermark").containsExactly("crm/t/id 2 1");
    assertThat(project.lake("select id from raw.t")).containsExactly("1", "2");

    inLedger("DROP TRIGGER refuse ON afp.release");
    if (!meanwhile.isEmpty()) {
      source.execute(meanwhile);
    }
    assertThat(outcome()).isEqualTo("published");
    List<String> ids = source.ask("SELECT id FROM t ORDER BY id");
    assertThat(project.lake("select id from raw.t")).isEqualTo(ids);
    assertThat(watermarks()).last().isEqualTo("crm/t/id %s 2".formatted(ids.get(ids.size() - 1)));
  }

  private void inLedger(String... statements) {
    project.lake().database().useTransaction(h -> Arrays.asList(statements).forEach(h::execute));
  }
}
