package io.afp.ingestion.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.job.DriverTask;
import io.afp.core.ledger.Phase;
import io.afp.core.testing.Reported;
import io.afp.core.testing.Sql;
import io.afp.core.testing.TestProject;
import io.afp.ingestion.infer.InferTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table file that a database suggests loads its table. */
class UndeclaredTableTest {

  private final TestSource source = new TestSource();
  private Path root;

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    root = folder;
    connect(source.uri());
    source.execute(
        "CREATE SCHEMA shop",
        """
        CREATE TABLE shop.orders (
          id bigint PRIMARY KEY, "Ref" uuid NOT NULL, day date NOT NULL, small smallint, price numeric(12,2) NOT NULL,
          free numeric, ratio real, paid boolean, email text, data jsonb, "Order No" int, null_count int,
          updated_at timestamptz NOT NULL, seen timestamp)
        """,
        """
        INSERT INTO shop.orders SELECT i, gen_random_uuid(), date '2024-01-01' + i, i, i * 1.5, 'NaN', 0.5, true, 'a@b.c',
          '{"a": 1}', i, null, timestamptz '2024-01-01 00:00Z' + i * interval '1 day', 'infinity'
          FROM generate_series(1, 20) i
        """);
  }

  @AfterEach
  void close() {
    source.close();
  }

  private void connect(String uri) throws IOException {
    Files.writeString(
        root.resolve("afp.yaml"), "connections: { crm: { uri: \"%s\" } }\n".formatted(uri));
  }

  @Test
  void typesKeyAndWhatIsRequiredAreThoseOfTheDatabase() {
    JsonNode found = infer("crm", "shop.orders");
    assertThat(columns(found))
        .containsExactly(
            "id long required",
            "ref string required",
            "day date required",
            "small int",
            "price decimal(12,2) required",
            "free string",
            "ratio float",
            "paid boolean",
            "email string",
            "data string",
            "order_no int",
            "null_count int",
            "updated_at timestamp required",
            "seen timestamp_ntz");
    assertThat(found.get("key")).hasToString("[\"id\"]");
    assertThat(found.get("watermark").asText()).isEqualTo("updated_at");
    assertThat(found.get("interval_column").asText()).isEqualTo("day");
    assertThat(found.get("source").asText()).isEqualTo("crm/shop.orders");
    assertThat(found.get("text").asText())
        .contains("# uuid, as text", "# numeric of any size: a decimal if you know its digits")
        .contains("# text; personal? the name says so: pii: true")
        .contains("type: int, from: \"Order No\" }");
  }

  @Test
  void theTableFileLoadsAsItIsAndSoDoesWhatItSuggests() {
    String text = infer("crm", "shop.orders").get("text").asText();
    String usual = text.replaceFirst("(?m)^ +seen:.*\n", "");
    try (TestProject project =
        source.in(new TestProject(root, "interval: { unit: month, zone: UTC }"))) {
      loads(project, usual);
      assertThat(project.lake("select count(*), count(ref), sum(price) from raw.orders"))
          .containsExactly("20 20 315.00");

      loads(project, chosen(usual, "write: { mode: upsert"));
      assertThat(project.ledger("select value from afp.watermark")).hasSize(1);
      loads(project, chosen(usual, "write: { interval_column"));
      assertThat(project.lake("select count(*) from raw.orders")).containsExactly("20");
    }
  }

  /** As somebody would edit it: of what stands in comments, the lines of one choice. */
  private static String chosen(String text, String write) {
    List<String> lines = new ArrayList<>();
    boolean watermark = write.contains("upsert");
    for (String line : text.split("\n")) {
      boolean wanted =
          line.startsWith("# " + write)
              || line.startsWith(watermark ? "# from:" : "# partition_by:");
      if (wanted) {
        lines.add(line.substring(2));
      } else if (!watermark || !line.startsWith("from:")) {
        lines.add(line);
      }
    }
    return String.join("\n", lines) + "\n";
  }

  private static void loads(TestProject project, String text) {
    project.table("raw.orders", text);
    JsonNode report = project.run(List.of(Phase.INGEST), "--interval", "2024-01", "--full-refresh");
    assertThat(report.get("outcome").asText()).as(report + "\n" + text).isEqualTo("published");
  }

  @Test
  void aKeyOfSeveralColumnsHasTheOrderOfTheDatabaseAndAViewHasNone() {
    source.execute(
        "CREATE TABLE \"Items.Old\" (no int, item text, at date, PRIMARY KEY (item, no))",
        "CREATE VIEW seen AS SELECT * FROM \"Items.Old\"",
        "CREATE TABLE shop.seen (id int PRIMARY KEY)");
    assertThat(infer("crm", "\"Items.Old\"").get("key")).hasToString("[\"item\",\"no\"]");
    JsonNode view = infer("crm", "seen");
    assertThat(view.get("key")).as("a table of that name in another schema has one").isEmpty();
    assertThat(columns(view)).containsExactly("no int", "item string", "at date");
    assertThat(view.get("text").asText())
        .contains("# key: []", "table: \"seen\"")
        .doesNotContain("watermark", "interval_column");
  }

  @Test
  void columnsThatDifferByCaseOnlyAreNotLoadedButTheOneInLowerCase() {
    source.execute("CREATE TABLE twice (\"Id\" int, id int, \"A\" int, \"a\" int, \"Ä\" int)");
    JsonNode found = infer("crm", "twice");
    assertThat(columns(found)).containsExactly("id int", "a int", "ae int");
    assertThat(found.get("not_loaded").toString())
        .contains("another one is called in another case");
  }

  @Test
  void anyDriverIsAsked() throws IOException {
    String uri = "jdbc:duckdb:" + root.resolve("crm.duckdb");
    Sql.execute(uri, "CREATE TABLE t (b int, a varchar, price decimal(10,2), PRIMARY KEY (b))");
    connect(uri);
    JsonNode found = infer("crm", "t");
    assertThat(columns(found).stream().map(c -> c.replace(" required", "")))
        .containsExactly("b int", "a string", "price decimal(10,2)");
    assertThat(found.get("key")).hasToString("[\"b\"]");
  }

  @Test
  void aTableOrConnectionThatIsNotThereIsSaid() {
    assertThat(report("crm", "shop.nothing").toString()).contains("AFP-JDBC-", "shop.nothing");
    assertThat(report("nobody", "shop.orders").toString())
        .contains("connection nobody is not defined (known=crm)");
  }

  private static List<String> columns(JsonNode found) {
    List<String> columns = new ArrayList<>();
    for (JsonNode column : found.get("columns")) {
      String required = column.get("required").asBoolean() ? " required" : "";
      columns.add(column.get("name").asText() + " " + column.get("type").asText() + required);
    }
    return columns;
  }

  private JsonNode infer(String connection, String table) {
    JsonNode report = report(connection, table);
    assertThat(report.get("exit").asInt()).as(report.toString()).isZero();
    return report.get("data");
  }

  private JsonNode report(String connection, String table) {
    List<String> arguments =
        List.of("--source", table, "--jdbc", connection, "--table", "raw.orders");
    return Reported.of(args -> DriverTask.run(new InferTask(), args), root, arguments).json();
  }
}
