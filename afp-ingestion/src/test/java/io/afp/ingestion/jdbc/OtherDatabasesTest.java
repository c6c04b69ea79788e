package io.afp.ingestion.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.definition.TableDef;
import io.afp.core.error.ErrorCode;
import io.afp.core.ledger.Phase;
import io.afp.core.settings.ConnectionSettings;
import io.afp.core.testing.Sql;
import io.afp.core.testing.TestProject;
import io.afp.core.testing.TestSpark;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Time;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One table of each database, read in ranges, by watermark and by interval. {@code
 * -Dafp.test.database=URI} adds another one, whose table {@code afp_one} is made anew.
 */
class OtherDatabasesTest {

  private static final int ROWS = 300;
  private static final BigDecimal HUGE =
      new BigDecimal("1234567890123456789012345678901234567890123.25");
  private static final LocalDateTime FIRST = LocalDateTime.parse("2024-01-01T02:30:00.123456");

  private static final String CREATE =
      """
      CREATE TABLE afp_one (id INT NOT NULL PRIMARY KEY, name VARCHAR(50), price DECIMAL(10,2),
        huge DECIMAL(50,2), at_time TIMESTAMP(6) NOT NULL, on_day DATE, flag BOOLEAN, tod TIME, ratio DOUBLE PRECISION)
      """;

  @TempDir private Path root;

  static Stream<String> databases() {
    return andNamed("jdbc:h2:mem:afp;DB_CLOSE_DELAY=-1", "jdbc:hsqldb:mem:afp");
  }

  /** Databases, and that which the system property {@code afp.test.database} names. */
  static Stream<String> andNamed(String... uris) {
    Optional<String> named = Optional.ofNullable(System.getProperty("afp.test.database"));
    return Stream.concat(Stream.of(uris), named.stream());
  }

  @ParameterizedTest
  @MethodSource("databases")
  void aTableIsReadWholeAndExactly(String uri) throws SQLException {
    fill(uri);
    try (TestProject project = project(uri)) {
      project.table(
          "raw.t",
          """
          from: { jdbc: { connection: crm, table: %s } }
          columns:
            id: { type: long, required: true }
            name: { type: string }
            price: { type: "decimal(10,2)" }
            huge: { type: string }
            at_time: { type: timestamp_ntz, required: true }
            on_day: { type: date }
            flag: { type: boolean }
            tod: { type: string }
            ratio: { type: double }
          key: [id]
          """
              .formatted(name(uri, "afp_one")));
      JsonNode report = project.run(List.of(Phase.INGEST));
      assertThat(report.get("outcome").asText()).as(report.toString()).isEqualTo("published");
      assertThat(TestProject.problems(report))
          .singleElement()
          .asString()
          .startsWith("AFP-JDBC-008 Source raw.t is read by several connections");
      assertThat(
              project.lake(
                  "select count(*), count(distinct id), sum(id), sum(price), count(name),"
                      + " count_if(flag) from raw.t"))
          .containsExactly("300 300 45150 56437.50 299 150");
      assertThat(project.lake("select * from raw.t where id = 3"))
          .containsExactly(
              "3 n'3\\\" ✓😀 3.75 %s 2024-01-01T05:30:00.123456 2024-01-01 false 10:11:12 0.3"
                  .formatted(HUGE));
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void aTableIsReadByWatermarkAndByInterval(String uri) throws SQLException {
    fill(uri);
    try (TestProject project = project(uri)) {
      project.file("p/pipeline.yaml", "pipeline: p\ninterval: { unit: day, zone: UTC }\n");
      project.table(
          "raw.newest",
          """
          from: { jdbc: { connection: crm, table: %s, watermark: at_time, overlap: PT1H } }
          columns: { id: { type: int, required: true }, at_time: { type: timestamp, required: true } }
          key: [id]
          write: { mode: upsert, as_of: at_time }
          """
              .formatted(name(uri, "afp_one")));
      project.table(
          "raw.by_day",
          """
          from: { jdbc: { connection: crm, table: %s } }
          columns: { id: { type: int }, at_time: { type: timestamp_ntz }, on_day: { type: date } }
          partition_by: [on_day]
          write: { interval_column: on_day }
          """
              .formatted(name(uri, "afp_one")));
      project.table(
          "raw.by_time",
          """
          from: { jdbc: { connection: crm, table: %s } }
          columns: { id: { type: int }, at_time: { type: timestamp_ntz } }
          partition_by: [day(at_time)]
          write: { interval_column: at_time }
          """
              .formatted(name(uri, "afp_one")));
      String days = "2024-01-02..2024-01-03";
      JsonNode report = project.run(List.of(Phase.INGEST), "--interval", days);
      assertThat(report.get("outcome").asText()).as(report.toString()).isEqualTo("published");
      for (String table : List.of("raw.by_day", "raw.by_time")) {
        assertThat(project.lake("select count(*), min(id), max(id) from " + table))
            .as(table)
            .containsExactly("48 22 69");
      }
      assertThat(project.lake("select count(*), max(id) from raw.newest"))
          .containsExactly("300 300");
      assertThat(project.ledger("select value from afp.watermark"))
          .containsExactly("2024-01-13 14:30:00.123456");
      assertThat(project.plan("--interval", days)).isEmpty();

      Sql.execute(uri, "UPDATE afp_one SET id = 1030 WHERE id = 30");
      boolean hasHashes = !uri.startsWith("jdbc:hsqldb:");
      assertThat(project.plan("--interval", days))
          .hasSize(hasHashes ? 2 : 0)
          .allMatch(step -> step.contains(" 2024-01-02 stale "))
          .allMatch(step -> step.contains("changed (it had 24 rows, checksum "));

      Sql.execute(uri, "UPDATE afp_one SET on_day = NULL WHERE id = 50");
      insert(uri, 301, FIRST.plusHours(300).plusMinutes(30));
      assertThat(project.run(List.of(Phase.INGEST), "--interval", days).get("outcome").asText())
          .isEqualTo("published");
      assertThat(project.lake("select count(*), max(id) from raw.newest"))
          .containsExactly("301 301");
      assertThat(project.lake("select count(*) from raw.by_day")).containsExactly("47");
    }
  }

  /** No database but Postgres keeps it from that. */
  @ParameterizedTest
  @MethodSource("databases")
  void aTableThatIsDroppedBeforeItsReadersComeIsSaidToBeMissing(String uri) throws SQLException {
    fill(uri);
    TableDef table =
        TableDef.named("raw.t")
            .fromJdbc("crm", jdbc -> jdbc.table(name(uri, "afp_one")))
            .column("id", "long")
            .build();
    ConnectionSettings settings =
        new ConnectionSettings("crm", uri, Optional.empty(), Optional.empty(), Optional.empty());
    try (SourceSession session = SourceSession.open(table, Map.of("crm", settings))) {
      Dataset<Row> rows =
          JdbcRows.of(session, table, Optional.empty()).read(TestSpark.session()).rows();
      Sql.execute(uri, "DROP TABLE afp_one");
      assertThatThrownBy(rows::collectAsList)
          .satisfies(
              failure ->
                  assertThat(SourceFailures.translate(session, (Exception) failure).code())
                      .as("HSQLDB says the same of a right that is missing")
                      .isIn(ErrorCode.SOURCE_WRONG, ErrorCode.SOURCE_DENIED));
    }
  }

  private TestProject project(String uri) {
    return TestSource.in(new TestProject(root, ""), "uri: \"%s\"".formatted(uri));
  }

  /** As the database has it: the standard writes names without quotes in upper case. */
  static String name(String uri, String table) {
    return uri.startsWith("jdbc:h2:") || uri.startsWith("jdbc:hsqldb:")
        ? table.toUpperCase(Locale.ROOT)
        : table;
  }

  static boolean isMySql(String uri) {
    return uri.matches("jdbc:(mysql|mariadb):.*");
  }

  /** A TIMESTAMP of MySQL is an instant. */
  private static String create(String uri) {
    return isMySql(uri) ? CREATE.replace("TIMESTAMP", "DATETIME") : CREATE;
  }

  private static void fill(String uri) throws SQLException {
    Sql.execute(uri, "DROP TABLE IF EXISTS afp_one", create(uri));
    for (int i = 1; i <= ROWS; i++) {
      insert(uri, i, FIRST.plusHours(i));
    }
    Sql.execute(uri, "UPDATE afp_one SET name = NULL WHERE id = 7");
  }

  private static void insert(String uri, int id, LocalDateTime at) throws SQLException {
    try (Connection connection = DriverManager.getConnection(uri);
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO afp_one VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      Object[] row = {
        id,
        "n'%d\\\" ✓😀".formatted(id),
        new BigDecimal(id).multiply(new BigDecimal("1.25")),
        HUGE,
        at,
        LocalDate.from(at),
        id % 2 == 0,
        Time.valueOf("10:11:12"),
        id / 10.0
      };
      for (int i = 0; i < row.length; i++) {
        insert.setObject(i + 1, row[i]);
      }
      insert.execute();
    }
  }
}
