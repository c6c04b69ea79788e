package io.afp.core.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.JdbcSourceDef.Deletes;
import io.afp.core.definition.JdbcSourceDef.NamedTable;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read from a database fits the way in which it is written. */
class JdbcRulesTest {

  @TempDir Path root;

  private ProjectFolder project;

  @BeforeEach
  void start() {
    project = new ProjectFolder(root);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "table: public.t                                  | mode: replace",
        "query: select 1, splits: 8                       | 'mode: replace, interval_column: day'",
        "table: t, watermark: seen                        | mode: append",
        "table: t, watermark: seen, overlap: PT1H         | 'mode: upsert, as_of: at'",
        "'table: t, split_by: id, split_rows: 1000'       | 'mode: snapshot, interval_column: day'",
        "table: t, deletes: compare                       | 'mode: upsert, as_of: seq, delete_flag: gone'",
        "'table: t, watermark: at, deletes: compare'      | 'mode: scd2, as_of: at, delete_flag: gone'",
      })
  void whatFitsIsAccepted(String jdbc, String write) {
    project.table("raw.a", table(jdbc, write, ""));
    assertThat(project.lines()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'table: t, splits: 2, split_rows: 5' | mode: replace | from.jdbc.split_rows | splits says how many ranges there are",
        "table: t                    | mode: append | write.mode | append adds all rows again with each run",
        "'table: t, watermark: at'   | mode: replace | from.jdbc.watermark | replace would keep the newer rows only",
        "'table: t, watermark: at'   | 'mode: append, interval_column: day' | from.jdbc.watermark | interval_column says already which rows are read",
        "'table: t, watermark: BIRTH DAY' | mode: append | from.jdbc.watermark | BIRTH DAY is personal, and the ledger keeps the greatest value",
        "'table: t, overlap: PT1H'   | mode: replace | from.jdbc.overlap | there is no watermark",
        "'table: t, watermark: at, overlap: PT1H' | mode: append | from.jdbc.overlap | append adds the rows of the overlap twice",
        "'table: t, deletes: compare' | mode: replace | from.jdbc.deletes | only upsert and scd2 delete by key (mode=replace)",
        "'table: t, deletes: compare' | 'mode: upsert, as_of: at' | from.jdbc.deletes | nothing says in a row that its key is deleted",
        "'table: t, deletes: compare' | 'mode: upsert, as_of: at, delete_flag: gone, interval_column: day' | from.jdbc.deletes | a comparison is of the whole table",
        "'table: t, deletes: compare' | 'mode: scd2, as_of: seq, delete_flag: gone' | from.jdbc.deletes | a key is deleted when that is noticed",
      })
  void whatDoesNotFitIsReportedAtItsPlace(String jdbc, String write, String path, String why) {
    project.table("raw.a", table(jdbc, write, ""));
    assertThat(project.lines())
        .singleElement()
        .asString()
        .contains("(" + path + ") AFP-DEF-010 Cannot read raw.a from a database: " + why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'jdbc: { connection: crm, table: t }, format: csv'  | (from.format) AFP-DEF-010 Cannot use from.format for raw.a: only files have it",
        "'jdbc: { connection: crm, table: t }, files: x'     | files, jdbc are there together",
        "'header: true'                                      | none of files, jdbc, custom is there",
        "'files: x'                                          | the key 'format' is missing",
        "'jdbc: { connection: crm }'                         | none of table, query is there",
        "'jdbc: { connection: crm, table: t, query: q }'     | table, query are there together",
        "'jdbc: { table: t }'                                | the key 'connection' is missing",
        "'jdbc: { connection: crm, table: \"a..b\" }'        | 'a..b' is not the name of a table",
        "'jdbc: { connection: crm, query: \" ; \" }'         | it is empty",
        "'jdbc: { connection: crm, table: t, splits: 0 }'    | 0 is out of range",
      })
  void aSourceIsFilesOrADatabase(String from, String why) {
    project.table("raw.a", "from: { %s }\ncolumns: { id: { type: long } }\n".formatted(from));
    assertThat(project.lines()).anyMatch(line -> line.contains(why));
  }

  @Test
  void anIntervalIsNotFoundByAComputedColumn() {
    project.table(
        "raw.a",
        """
        from: { jdbc: { connection: crm, table: t } }
        columns: { y: { type: int }, day: { type: date, expr: "make_date(y, 1, 1)" } }
        partition_by: [day]
        write: { interval_column: day }
        """);
    assertThat(project.lines()).singleElement().asString().contains("(columns.day.expr)");
  }

  @Test
  void theBuilderSaysTheSame() {
    project.table(
        "raw.a",
        """
        from:
          jdbc:
            connection: crm
            table: 'public."Order.Items"'
            split_by: id
            splits: 8
            watermark: at
            overlap: PT1H
            fetch_size: 500
            deletes: compare
        columns: { id: { type: long, required: true }, at: { type: timestamp }, gone: { type: boolean } }
        key: [id]
        write: { mode: upsert, as_of: at, delete_flag: gone }
        """);
    TableDef built =
        TableDef.named("raw.a")
            .fromJdbc(
                "crm",
                jdbc ->
                    jdbc.table("public.\"Order.Items\"")
                        .splitBy("id")
                        .splits(8)
                        .watermark("at", Duration.ofHours(1))
                        .fetchSize(500)
                        .compareDeletes())
            .column("id", "long", c -> c.required())
            .column("at", "timestamp")
            .column("gone", "boolean")
            .key("id")
            .upsert("at")
            .deleteFlag("gone")
            .build();
    TableDef read = project.read().tables().get(0);
    assertThat(built.source()).isEqualTo(read.source());
    JdbcSourceDef source = built.jdbcSource().orElseThrow();
    assertThat(((NamedTable) source.relation()).parts()).containsExactly("public", "Order.Items");
    assertThat(source.deletes()).isEqualTo(Deletes.COMPARE);
    assertThat(source.title()).isEqualTo("crm/public.Order.Items");
  }

  @Test
  void onlyWhatChangesRowsChangesTheHash() {
    String hash = hash("table: t, watermark: at");
    assertThat(hash("table: t, watermark: at, splits: 9, fetch_size: 5, overlap: P1D"))
        .isEqualTo(hash);
    assertThat(hash("table: u, watermark: at")).isNotEqualTo(hash);
    assertThat(hash("table: t, watermark: seen")).isNotEqualTo(hash);
    assertThat(hash("query: select 1")).isEqualTo(hash("query: 'select 1;'"));
  }

  private String hash(String jdbc) {
    project.table("raw.a", table(jdbc, "mode: upsert, as_of: at", ""));
    return DefinitionHash.of(project.read().tables().get(0));
  }

  private static String table(String jdbc, String write, String more) {
    return """
        from: { jdbc: { connection: crm, %s } }
        columns:
          id:   { type: long, required: true }
          day:  { type: date }
          at:   { type: timestamp, required: true }
          seq:  { type: long }
          gone: { type: boolean }
          born: { type: date, pii: drop, from: Birth Day }
        key: [id]
        partition_by: [day]
        write: { %s }
        %s
        """
        .formatted(jdbc, write, more);
  }
}
