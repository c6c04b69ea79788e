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

/** Columns that are read from columns of a database with names that they can't have themselves. */
class FieldNamesTest {

  private static final String COLUMNS =
      """
      columns:
        order_id: { type: int, required: true, from: "Order ID" }
        amount:   { type: "decimal(10,2)", from: BETRÄGE (€) }
        day:      { type: date, required: true, from: Booking.Day }
        quoted:   { type: string, from: 'a"b`'%s }
        changed:  { type: timestamp, required: true, from: last change }
        own:      { type: string, from: "Order ID" }
      key: [order_id]
      rejects: { at_most: 100%% }
      """;

  private final TestSource source = new TestSource();
  private TestProject project;

  @BeforeEach
  void open(@TempDir Path root) {
    project = source.in(new TestProject(root, "interval: { unit: month, zone: UTC }"));
    source.execute(
        """
        CREATE TABLE "Orders 2024" ("Order ID" int PRIMARY KEY, "Beträge (€)" numeric(10,2), "Booking.Day" date NOT NULL,
          "a""b`" text, "Last Change" timestamptz NOT NULL, own text)
        """,
        """
        INSERT INTO "Orders 2024" SELECT i, i * 1.5, date '2024-01-01' + i, 'q' || i, '2024-01-01 00:00Z', 'other'
          FROM generate_series(1, 40) i
        """);
  }

  @AfterEach
  void close() {
    project.close();
    source.close();
  }

  private JsonNode published(String... more) {
    JsonNode report = project.run(List.of(Phase.INGEST), more);
    assertThat(report.get("outcome").asText()).as(report.toString()).isEqualTo("published");
    return report;
  }

  @Test
  void intervalsRangesRejectsAndReplaysGoByThem() {
    String from = "from: { jdbc: { connection: crm, table: '\"Orders 2024\"' } }\n";
    String write = "partition_by: [month(day)]\nwrite: { interval_column: day }\n";
    project.table("raw.t", from + COLUMNS.formatted(", matches: 'q3[2468]|q40'") + write);
    published("--interval", "2024-02");
    assertThat(project.lake("select order_id, amount, quoted, own from raw.t where order_id = 32"))
        .containsExactly("32 48.00 q32 32");
    assertThat(project.lake("select count(*) from raw.t")).containsExactly("5");
    assertThat(
            project.lake(
                "select min(record), min(reasons[0].column), count(*) from raw.t__rejects"))
        .singleElement()
        .asString()
        .contains("\"beträge (€)\":\"46.50\"", "\"a\\\"b`\":\"q31\"")
        .endsWith(" quoted 5");

    project.table("raw.t", from + COLUMNS.formatted("") + write);
    published("--replay", "raw.t");
    assertThat(project.lake("select count(*), sum(amount) from raw.t where day < '2024-03-01'"))
        .containsExactly("10 532.50");
    assertThat(project.ledger("select change from afp.v_schema_change"))
        .containsExactly("column own is new; it is not declared and not loaded");
  }

  @Test
  void watermarksAndDeletesGoByThem() {
    project.table(
        "raw.t",
        """
        from: { jdbc: { connection: crm, table: '"Orders 2024"', watermark: Last Change, deletes: compare } }
        %s
        write: { mode: upsert, as_of: changed, delete_flag: gone }
        """
            .formatted(
                COLUMNS
                    .formatted("")
                    .replace("key:", "  gone: { type: boolean, from: \"Is Gone\" }\nkey:")));
    published("--interval", "2024-01");
    source.execute(
        "DELETE FROM \"Orders 2024\" WHERE \"Order ID\" = 7",
        "UPDATE \"Orders 2024\" SET \"a\"\"b`\" = 'new', \"Last Change\" = '2024-02-01 00:00Z' WHERE \"Order ID\" = 8");
    published("--interval", "2024-01");
    assertThat(
            project.lake(
                "select count(*), count_if(quoted = 'new'), count_if(order_id = 7) from raw.t"))
        .containsExactly("39 1 0");
  }

  @Test
  void namesThatDifferByCaseOnlyAreOneField() {
    source.execute("CREATE TABLE twins (\"ID\" int, id int)", "INSERT INTO twins VALUES (1, 2)");
    twins("");
    JsonNode report = project.run(List.of(Phase.INGEST), "--interval", "2024-01");
    assertThat(TestProject.problems(report))
        .singleElement()
        .asString()
        .contains("AFP-JDBC-", "Cannot read source raw.t: ID and id differ only by case");
    twins("#");
    published("--interval", "2024-01");
    assertThat(project.lake("select * from raw.t")).as("as it is written").containsExactly("1");
  }

  private void twins(String comment) {
    project.table(
        "raw.t",
        """
        from: { jdbc: { connection: crm, table: twins } }
        columns:
          upper: { type: int, from: ID }
          %slower: { type: int, from: id }
        """
            .formatted(comment));
  }

  @Test
  void aQueryMayGiveThem() {
    project.table(
        "raw.t",
        """
        from: { jdbc: { connection: crm, query: 'SELECT 1 AS "Order ID", 2 AS "a.b"' } }
        columns:
          id: { type: int, from: order id }
          b:  { type: int, from: a.b }
        """);
    published("--interval", "2024-01");
    assertThat(project.lake("select * from raw.t")).containsExactly("1 2");
  }
}
