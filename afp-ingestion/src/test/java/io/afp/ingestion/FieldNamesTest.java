package io.afp.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.ledger.Phase;
import io.afp.core.testing.TestSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Columns of files whose fields have names that no column can have, through the job itself. */
class FieldNamesTest extends SourceColumnsTests {

  private static final String TABLE =
      """
      from: { files: "%s/*", format: %s }
      columns:
        order_id: { type: int, required: true, from: "Order ID" }
        size:     { type: double, from: Größe }
        words:    { type: string, from: GRÖßE }
        customer: { type: string, from: customer-id, pii: true }
        year:     { type: int, from: 2024 }
        total:    { type: "decimal(10,2)", from: Total ($) }
        net:      { type: "decimal(10,2)", from: Net.Price }
        twice:    { type: long, expr: order_id * 2 }
      rejects: { at_most: 100%% }
      """;

  private static final String ROWS =
      """
      SELECT '1' AS `Order ID`, '1.5' AS `Größe`, 'secret1' AS `customer-id`, '7' AS `2024`,
        '10.00' AS `Total ($)`, '9.50' AS `Net.Price`, 'own' AS `customer`
      UNION ALL SELECT '3000000000', '2.5', 'secret2', '8', '20.00', '8.50', 'own'
      """;

  private static final Map<String, String> FORMATS =
      Map.of(
          "csv", "csv",
          "spark", "csv, reader: spark",
          "json", "json",
          "jsonl", "jsonl",
          "parquet", "parquet",
          "orc", "orc",
          "avro", "avro");

  @Test
  void filesOfEveryFormatAreReadFromThem() {
    filesAreRead(List.of("csv", "parquet"));
  }

  @Tag("long")
  @Test
  void rejectsOfOtherReadersAreReplayedFromThem() {
    filesAreRead(List.of("spark", "json"));
  }

  private void filesAreRead(List<String> replayed) {
    FORMATS.keySet().forEach(this::write);
    declare("int");
    JsonNode report = published();
    for (String table : FORMATS.keySet()) {
      assertThat(lake("select * from raw.%s", table))
          .as(table)
          .containsExactly("1 1.5 1.5 secret1 7 10.00 9.50 2");
      assertThat(
              lake(
                  "select reasons[0].column, reasons[0].value, size(reasons) from raw.%s__rejects",
                  table))
          .as(table)
          .containsExactly("order_id 3000000000 1");
    }
    assertThat(lake("select record from raw.%s__rejects", "csv"))
        .containsExactly(
            "{\"order id\":\"3000000000\",\"größe\":\"2.5\",\"customer-id\":\"secret2\",\"2024\":\"8\","
                + "\"total ($)\":\"20.00\",\"net.price\":\"8.50\",\"customer\":\"own\"}");
    assertThat(
            project.ledger("select change from afp.v_schema_change where table_name = 'raw.csv'"))
        .as("its own name stands for nothing")
        .containsExactly("column customer is new; it is not declared and not loaded");
    assertThat(report.toString()).doesNotContain("secret");
    assertThat(explained()).contains("customer-id").doesNotContain("secret");
    project.table("raw.csv", TABLE.formatted("csv", "csv").replace("customer-id", "renamed"));
    assertThat(explained())
        .as("a record has the names that its file had")
        .contains("customer-id")
        .doesNotContain("secret");

    declare("long");
    for (String table : replayed) {
      JsonNode replay = project.run(List.of(Phase.INGEST), "--replay", "raw." + table);
      assertThat(replay.get("outcome").asText()).as(replay.toString()).isEqualTo("published");
      assertThat(lake("select * from raw.%s where order_id > 1", table))
          .as(table)
          .containsExactly("3000000000 2.5 2.5 secret2 8 20.00 8.50 6000000000");
      assertThat(lake("select * from raw.%s__rejects", table)).isEmpty();
    }
  }

  @Test
  void oneThatIsRenamedIsMendedByFrom() {
    csv("Order ID");
    project.file("p/a.csv", "Order ID,name\n1,a\n");
    published();
    project.file("p/a.csv", "Order No,name\n1,a\n2,b\n");
    assertThat(stopped())
        .startsWith(
            "AFP-ING-003 Cannot load table raw.t: the source lacks column order id (id is read from it);")
        .contains("it had it before (schema version=1) (missing in=1 of 1, first=", "a.csv)");
    csv("ORDER NO");
    published();
    assertThat(project.lake("select * from raw.t")).containsExactly("1 a", "2 b");
    assertThat(changes())
        .containsExactly(
            "2 gone order id  column order id is gone; it was not loaded",
            "2 new order no  column order no is new; it is declared");
    assertThat(run().get("outcome").asText()).isEqualTo("nothing_to_do");
  }

  private void csv(String from) {
    project.table(
        "raw.t",
        """
        from: { files: a.csv, format: csv }
        columns:
          id:   { type: int, required: true, from: %s }
          name: { type: string }
        """
            .formatted(from));
  }

  private List<String> lake(String query, String table) {
    return project.lake(query.formatted(table));
  }

  private String explained() {
    String pipeline = root.resolve("p").toString();
    return project
        .upkeep("rejects-explain", "--pipeline", pipeline, "--table", "raw.csv", "--limit", "9")
        .toString();
  }

  private void declare(String type) {
    FORMATS.forEach(
        (table, format) -> {
          String text = TABLE.formatted(table, format).replaceFirst("type: int", "type: " + type);
          project.table("raw." + table, table.equals("avro") ? plain(text) : text);
        });
  }

  /** Avro has names of its own. */
  private static String plain(String text) {
    return text.replace("Order ID", "Order_ID")
        .replace("Größe", "Groesse")
        .replace("GRÖßE", "GROESSE")
        .replace("customer-id", "customerId")
        .replace("from: 2024", "from: _2024")
        .replace("`2024`", "`_2024`")
        .replace("Total ($)", "Total")
        .replace("Net.Price", "NetPrice");
  }

  private void write(String table) {
    String format = FORMATS.get(table).replace(", reader: spark", "").replace("jsonl", "json");
    Path written = root.resolve("written").resolve(table);
    TestSpark.session()
        .sql(format.equals("avro") ? plain(ROWS) : ROWS)
        .coalesce(1)
        .write()
        .format(format)
        .option("header", true)
        .save(written.toUri().toString());
    try (Stream<Path> files = Files.list(written)) {
      Path file =
          files
              .filter(f -> f.getFileName().toString().startsWith("part-"))
              .findFirst()
              .orElseThrow();
      project.file("p/%s/%s".formatted(table, file.getFileName()), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
