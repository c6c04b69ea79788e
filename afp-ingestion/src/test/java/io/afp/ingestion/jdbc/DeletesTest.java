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

/** Rows that the source has no longer, or says to be deleted. */
class DeletesTest {

  private static final String TABLE =
      """
      from: { jdbc: { connection: crm, table: t, watermark: at%s } }
      columns:
        region: { type: string, required: true }
        id: { type: long, required: true }
        name: { type: string, required: true }
        at: { type: timestamp, required: true }
        gone: { type: boolean }
      key: [region, id]
      write: { mode: %s, as_of: at, delete_flag: gone }
      """;

  @TempDir private Path root;
  private final TestSource source = new TestSource();
  private TestProject project;

  @BeforeEach
  void open() {
    project = source.in(new TestProject(root, ""));
    source.execute(
        "CREATE TABLE t (id int, region varchar(5), name text, at timestamptz)",
        "INSERT INTO t SELECT i, 'eu', 'n' || i, timestamptz '2024-01-01Z' + i * interval '1 day' FROM generate_series(1, 5) i");
  }

  @AfterEach
  void close() {
    project.close();
    source.close();
  }

  private String outcome() {
    JsonNode report = project.run(List.of(Phase.INGEST));
    return report.get("exit").asInt() == 0 ? report.get("outcome").asText() : report.toString();
  }

  @Test
  void keysThatAreGoneAreDeletedAndComeBackWithANewerRow() {
    project.table("raw.t", TABLE.formatted(", deletes: compare", "upsert"));
    assertThat(outcome()).isEqualTo("published");
    assertThat(project.lake("select id, name, gone from raw.t"))
        .containsExactly("1 n1 false", "2 n2 false", "3 n3 false", "4 n4 false", "5 n5 false");
    assertThat(outcome()).isEqualTo("nothing_to_do");

    source.execute(
        "DELETE FROM t WHERE id IN (2, 4)", "INSERT INTO t VALUES (6, 'eu', 'n6', '2024-02-01Z')");
    assertThat(outcome()).isEqualTo("published");
    assertThat(project.lake("select id from raw.t")).containsExactly("1", "3", "5", "6");

    source.execute("DELETE FROM t WHERE id = 1");
    assertThat(project.plan()).singleElement().asString().contains("3 rows, was at");
    assertThat(outcome()).as("no watermark has moved").isEqualTo("published");
    assertThat(project.lake("select id from raw.t")).containsExactly("3", "5", "6");

    source.execute("INSERT INTO t VALUES (2, 'eu', 'again', '2024-03-01Z')");
    assertThat(outcome()).isEqualTo("published");
    assertThat(project.lake("select id, name from raw.t"))
        .containsExactly("2 again", "3 n3", "5 n5", "6 n6");
  }

  @ParameterizedTest
  @ValueSource(strings = {"upsert", "scd2"})
  void aCheckKeepsNoDeletionOutAndADeletionTakesNothingOutOfTheQuarantine(String mode) {
    project.table(
        "raw.t",
        TABLE
            .formatted(", deletes: compare", mode)
            .replace(
                "name: { type: string, required: true }",
                "name: { type: string, checks: [ { required: true, quarantine: true },"
                    + " { matches: \"n[0-9]\", quarantine: true } ] }"));
    source.execute("UPDATE t SET name = 'third' WHERE id = 3");
    assertThat(outcome()).isEqualTo("published");
    source.execute(
        "DELETE FROM t WHERE id = 2", "INSERT INTO t VALUES (6, 'eu', 'six', '2024-02-01Z')");
    assertThat(outcome()).isEqualTo("published");
    source.execute("DELETE FROM t WHERE id = 4");
    assertThat(outcome()).as("no watermark has moved").isEqualTo("published");

    String living = mode.equals("scd2") ? " where is_current" : "";
    assertThat(project.lake("select id from raw.t" + living)).containsExactly("1", "5");
    assertThat(project.lake("select get_json_object(record, '$.name') from raw.t__quarantine"))
        .containsExactly("six", "third");
  }

  @Test
  void aHistoryEndsWhenItIsNoticed() {
    project.table("raw.t", TABLE.formatted(", deletes: compare", "scd2"));
    assertThat(outcome()).isEqualTo("published");
    source.execute(
        "DELETE FROM t WHERE id = 2", "UPDATE t SET name = 'N1', at = '2024-02-01Z' WHERE id = 1");
    assertThat(outcome()).isEqualTo("published");

    assertThat(
            project.lake(
                "select id, name, is_current, valid_to > timestamp '2025-01-01' from raw.t where id < 3"))
        .containsExactly("1 N1 true null", "1 n1 false false", "2 n2 false true");
    source.execute("INSERT INTO t VALUES (7, 'eu', 'n7', '2024-02-02Z')");
    assertThat(outcome()).isEqualTo("published");
    assertThat(project.lake("select count(*) from raw.t where id = 2"))
        .as("what is deleted already is left alone")
        .containsExactly("1");
  }

  @Test
  void aTombstoneOfTheSourceDeletesItsKey() {
    source.execute("ALTER TABLE t ADD gone boolean");
    project.table("raw.t", TABLE.formatted("", "upsert"));
    assertThat(outcome()).isEqualTo("published");
    source.execute("UPDATE t SET gone = true, at = '2024-02-01Z' WHERE id = 3");
    assertThat(outcome()).isEqualTo("published");
    assertThat(project.lake("select id from raw.t")).containsExactly("1", "2", "4", "5");
  }

  @Test
  void aKeyWhoseRowIsRejectedNowIsNotGone() {
    project.table(
        "raw.t", TABLE.formatted(", deletes: compare", "upsert") + "rejects: { at_most: 100% }\n");
    assertThat(outcome()).isEqualTo("published");
    source.execute("UPDATE t SET name = NULL, at = '2024-02-01Z' WHERE id = 3");
    assertThat(outcome()).isEqualTo("published");
    assertThat(project.lake("select id, name from raw.t where id = 3")).containsExactly("3 n3");
  }
}
