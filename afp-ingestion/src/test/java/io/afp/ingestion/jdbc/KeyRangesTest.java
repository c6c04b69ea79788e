package io.afp.ingestion.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.TableBuilder;
import io.afp.core.definition.TableDef;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges have about equally many rows, however the keys are spread. */
class KeyRangesTest {

  private static final TestSource SOURCE = new TestSource();

  @BeforeAll
  static void fill() {
    SOURCE.execute(
        """
        CREATE TABLE skewed AS
          SELECT (CASE WHEN i % 10 = 0 THEN i::bigint * 1000000 ELSE i END) AS id,
                 'k''' || chr(92) || to_char(sqrt(i), '0000.000') AS name,
                 timestamptz '2020-01-01Z' + (i::bigint * i) * interval '1 second' AS at,
                 md5(i::text)::uuid AS uid,
                 CASE WHEN i % 2 = 0 THEN 7 WHEN i % 100 = 1 THEN NULL ELSE i END AS few
            FROM generate_series(1, 40000) i
        """,
        "CREATE VIEW looked AS SELECT * FROM skewed");
  }

  @AfterAll
  static void drop() {
    SOURCE.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "name", "at", "uid"})
  void withoutStatisticsTheyAreFoundInTheRows(String column) throws SQLException {
    SOURCE.execute("DELETE FROM pg_statistic WHERE starelid = 'skewed'::regclass");
    assertThat(counts(column, "skewed", Optional.empty())).hasSize(8).allMatch(n -> n == 5000);
    assertThat(counts(column, "looked", Optional.of("id <= 4000")))
        .as("of a view, and of a part of it")
        .hasSize(8)
        .allMatch(n -> n == 450);
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "name", "at", "uid"})
  void freshStatisticsAreEnough(String column) throws SQLException {
    SOURCE.execute(
        "CREATE TABLE IF NOT EXISTS known AS SELECT * FROM skewed",
        "SELECT pg_stat_force_next_flush()",
        "ANALYZE known");
    try (SourceSession session = session(column, "known")) {
      Optional<List<String>> bounds =
          new PostgresStatistics()
              .bounds(
                  new RangeFinder.Task(
                      session, session.columns().named(column, ""), Optional.empty(), 8));
      assertThat(bounds).as("known without a look at the rows").isPresent();
    }
    assertThat(counts(column, "known", Optional.empty()))
        .hasSize(8)
        .allMatch(n -> n > 4000 && n < 6000);
  }

  @Test
  void statisticsOfAnotherTimeAreNotUsed() throws SQLException {
    SOURCE.execute(
        "CREATE TABLE grown AS SELECT i AS id FROM generate_series(1, 1000) i",
        "ANALYZE grown",
        "INSERT INTO grown SELECT i FROM generate_series(1001, 9000) i",
        "SELECT pg_stat_force_next_flush()");
    assertThat(counts("id", "grown", Optional.empty())).hasSize(8).allMatch(n -> n == 1125);
  }

  @Test
  void aLargeTableIsSampled() throws SQLException {
    SOURCE.execute(
        "CREATE TABLE large AS SELECT i::bigint * i AS id FROM generate_series(1, 600000) i",
        "ANALYZE large",
        "DELETE FROM pg_statistic WHERE starelid = 'large'::regclass");
    assertThat(counts("id", "large", Optional.empty()))
        .hasSize(8)
        .allMatch(n -> n > 55_000 && n < 95_000);
  }

  @Test
  void aValueWithManyRowsIsOneRangeAndNullsAreInTheFirst() throws SQLException {
    List<Long> counts = counts("few", "skewed", Optional.empty());
    assertThat(counts).hasSizeBetween(4, 6);
    assertThat(counts.stream().mapToLong(n -> n).sum()).as("every row once").isEqualTo(40_000);
  }

  @Test
  void thereAreAsManyAsRowsNeed() throws SQLException {
    try (SourceSession session =
        session("id", "skewed", jdbc -> jdbc.splitBy("id").splitRows(15_000))) {
      assertThat(
              new KeyRanges(session, Optional.empty())
                  .conditions(session.columns().named("id", ""), "id"))
          .hasSize(3);
    }
  }

  @Test
  void anEmptyTableIsOneRange() throws SQLException {
    SOURCE.execute("CREATE TABLE IF NOT EXISTS nothing (id int)");
    assertThat(counts("id", "nothing", Optional.empty())).containsExactly(0L);
  }

  private static List<Long> counts(String column, String table, Optional<String> condition)
      throws SQLException {
    try (SourceSession session = session(column, table)) {
      List<Long> counts = new ArrayList<>();
      for (String range :
          new KeyRanges(session, condition)
              .conditions(session.columns().named(column, ""), column)) {
        counts.add(
            session.count(
                "SELECT count(*) FROM %s WHERE %s AND %s"
                    .formatted(table, condition.orElse("true"), range)));
      }
      return counts;
    }
  }

  private static SourceSession session(String column, String table) {
    return session(column, table, jdbc -> jdbc.splitBy(column).splits(8));
  }

  private static SourceSession session(
      String column, String table, UnaryOperator<io.afp.core.definition.JdbcBuilder> details) {
    TableBuilder builder =
        TableDef.named("raw.t")
            .fromJdbc("crm", jdbc -> details.apply(jdbc.table(table)))
            .column(column, "string");
    return SourceSession.open(builder.build(), Map.of("crm", SOURCE.settings()));
  }
}
