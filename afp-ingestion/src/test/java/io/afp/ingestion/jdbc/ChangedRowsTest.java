package io.afp.ingestion.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.ledger.Phase;
import io.afp.core.testing.TestProject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of intervals that change in their database after they were loaded. */
class ChangedRowsTest {

  private static final String DAYS = "2024-03-30..2024-04-02";

  @TempDir private Path root;
  private final TestSource source = new TestSource();
  private TestProject project;

  @BeforeEach
  void open() {
    project = source.in(new TestProject(root, "interval: { unit: day, zone: Europe/Berlin }"));
    source.execute(
        "CREATE TABLE t (id int PRIMARY KEY, at timestamptz, n numeric, seen timestamptz)",
        """
        INSERT INTO t SELECT i, timestamptz '2024-03-29 23:30+00' + i * interval '6 hours', i, now()
          FROM generate_series(0, 11) i
        """);
    table("reload");
  }

  @AfterEach
  void close() {
    project.close();
    source.close();
  }

  private void table(String onChange) {
    table(onChange, "discard");
  }

  private void table(String onChange, String newColumns) {
    project.table(
        "raw.t",
        """
        from: { jdbc: { connection: crm, table: public.t }, on_change: %s }
        columns: { id: { type: int, required: true }, at: { type: timestamp }, n: { type: "decimal(9,2)" } }
        key: [id]
        partition_by: [hour(at)]
        write: { interval_column: at }
        drift: { new_columns: %s }
        """
            .formatted(onChange, newColumns));
  }

  private JsonNode run(String... more) {
    return project.run(List.of(Phase.INGEST), more);
  }

  private void load() {
    JsonNode report = run("--interval", DAYS);
    assertThat(report.get("outcome").asText()).as(report.toString()).isEqualTo("published");
    assertThat(project.plan("--interval", DAYS)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE t SET n = 77 WHERE id = 6",
        "DELETE FROM t WHERE id = 6",
        "INSERT INTO t SELECT 99, at, n FROM t WHERE id = 6",
        "UPDATE t SET n = CASE id WHEN 5 THEN 6 ELSE 5 END WHERE id IN (5, 6)",
        "UPDATE t SET n = NULL WHERE id = 6",
        "UPDATE t SET at = at + interval '1 microsecond' WHERE id = 6"
      })
  void anIntervalWithOtherRowsIsLoadedAgainAndNoOther(String change) {
    load();
    source.execute(change);

    assertThat(project.plan("--interval", DAYS))
        .singleElement()
        .asString()
        .matches(
            "raw.t 2024-03-31 stale crm/public.t changed \\(it had 4 rows, checksum -?\\d+\\)");
    JsonNode report = run("--interval", DAYS);
    assertThat(report.get("outcome").asText()).as(report.toString()).isEqualTo("published");
    assertThat(project.lake("select id, n from raw.t"))
        .containsExactlyInAnyOrderElementsOf(
            source.ask("SELECT id || ' ' || coalesce(n::numeric(9,2)::text, 'null') FROM t"));
    assertThat(project.plan("--interval", DAYS)).isEmpty();
  }

  @Test
  void anIntervalThatHadNoRowsMayGetSome() {
    load();
    source.execute("INSERT INTO t VALUES (50, '2024-04-02 10:00+00', 1)");
    assertThat(project.plan("--interval", DAYS))
        .containsExactly("raw.t 2024-04-02 stale crm/public.t changed (it had 0 rows)");
  }

  @Test
  void whatIsNotReadIsNoChangeNorIsTheOrderOfRows() {
    load();
    source.execute(
        "UPDATE t SET seen = now() + interval '1 day'",
        "CREATE TABLE other AS SELECT * FROM t ORDER BY id DESC",
        "DROP TABLE t",
        "ALTER TABLE other RENAME TO t");
    assertThat(project.plan("--interval", DAYS)).isEmpty();
  }

  @Test
  void warnSaysSoAndIgnoreDoesNotAskAndBothLeaveTheIntervalAsItIs() {
    load();
    source.execute("DELETE FROM t WHERE id = 6");
    table("warn");
    JsonNode report = run("--interval", DAYS);

    assertThat(report.get("outcome").asText()).isEqualTo("nothing_to_do");
    assertThat(TestProject.problems(report))
        .singleElement()
        .asString()
        .startsWith(
            "AFP-ING-040 The source of raw.t is not what was loaded, and is left alone (2024-03-31: crm/public.t changed");
    assertThat(project.ledger("select unit || ' ' || kind || ' ' || name from afp.source_change"))
        .containsExactly("2024-03-31 changed crm/public.t");
    assertThat(
            project.planReport("--interval", DAYS).at("/data/changed_since_load/0/kind").asText())
        .isEqualTo("changed");

    table("ignore");
    assertThat(run("--interval", DAYS).get("diagnostics")).isEmpty();
    assertThat(project.lake("select count(*) from raw.t")).containsExactly("12");
    table("warn");
    assertThat(run("--interval", "2024-03-31", "--restate").get("outcome").asText())
        .isEqualTo("published");
    assertThat(project.lake("select count(*) from raw.t")).containsExactly("11");
    assertThat(project.ledger("select unit from afp.source_change")).isEmpty();
  }

  @Test
  void whatWasLoadedWhileNobodyAskedIsNotComparedAndThePlanSaysSo() {
    table("ignore");
    load();
    assertThat(project.planReport("--interval", DAYS).get("diagnostics")).isEmpty();
    source.execute("DELETE FROM t WHERE id = 6");
    table("reload");
    assertThat(project.plan("--interval", DAYS)).isEmpty();
    assertThat(TestProject.problems(project.planReport("--interval", DAYS)))
        .singleElement()
        .asString()
        .startsWith(
            "AFP-ING-044 It is not known whether the source of raw.t is what was loaded: nobody asked for its state then"
                + " (intervals=2024-03-30, 2024-03-31, 2024-04-01, 2024-04-02)");

    JsonNode report = run("--interval", DAYS, "--restate");
    assertThat(report.get("outcome").asText()).as(report.toString()).isEqualTo("published");
    assertThat(report.get("diagnostics")).as("what it loads is known").isEmpty();
    assertThat(project.planReport("--interval", DAYS).get("diagnostics")).isEmpty();
  }

  @Test
  void aColumnThatEvolvedCountsForWhatWasLoadedWithIt() {
    table("reload", "evolve");
    source.execute("ALTER TABLE t DROP seen");
    load();
    source.execute("ALTER TABLE t ADD city text DEFAULT 'Oslo'");
    assertThat(project.plan("--interval", DAYS)).as("it had no such column").isEmpty();
    assertThat(run("--interval", "2024-03-31", "--restate").get("outcome").asText())
        .isEqualTo("published");
    assertThat(project.plan("--interval", DAYS)).isEmpty();

    source.execute("UPDATE t SET city = 'Bergen' WHERE id IN (2, 6)");
    assertThat(project.plan("--interval", DAYS))
        .singleElement()
        .asString()
        .matches(
            "raw.t 2024-03-31 stale crm/public.t changed \\(it had 4 rows, checksum -?\\d+, with city\\)");
    assertThat(run("--interval", DAYS).get("outcome").asText()).isEqualTo("published");
    assertThat(project.lake("select id from raw.t where city = 'Bergen'")).containsExactly("6");
    assertThat(project.plan("--interval", DAYS)).isEmpty();
  }
}
