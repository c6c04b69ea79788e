package io.afp.ingestion.jdbc;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.Interval;
import io.afp.core.definition.IntervalDef;
import io.afp.core.definition.IntervalUnit;
import io.afp.core.definition.TableBuilder;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.Unit;
import io.afp.core.settings.ConnectionSettings;
import io.afp.core.testing.Sql;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What databases other than Postgres say of the rows of a day, which have more columns than are
 * hashed at once. {@code -Dafp.test.database=URI} adds another one, whose table {@code afp_states}
 * is made anew.
 */
class IntervalStateTest {

  private static final int COLUMNS = 110;
  private static final IntervalDef DAYS = new IntervalDef(IntervalUnit.DAY, ZoneOffset.UTC);
  private static final Unit DAY = Unit.of(Interval.parse("2024-01-02", DAYS));

  @TempDir private static Path folder;

  static Stream<String> withHashes() {
    return OtherDatabasesTest.andNamed(
        "jdbc:h2:mem:states;DB_CLOSE_DELAY=-1", "jdbc:duckdb:" + folder.resolve("a"));
  }

  private static void fill(String uri) {
    boolean isMySql = OtherDatabasesTest.isMySql(uri);
    String more =
        IntStream.range(0, COLUMNS).mapToObj(", c%d INT DEFAULT 7"::formatted).collect(joining());
    Sql.execute(
        uri,
        "DROP TABLE IF EXISTS afp_states",
        "CREATE TABLE afp_states (id INT, at_time %s, name VARCHAR(50), price DECIMAL(10,2), ratio DOUBLE PRECISION, flag BOOLEAN%s)"
            .formatted(isMySql ? "DATETIME(6)" : "TIMESTAMP(6)", more),
        "INSERT INTO afp_states (id, at_time, name, price, ratio, flag) VALUES"
            + " (1, '2024-01-02 00:00:00', 'a', 1.5, 0.1, TRUE),"
            + " (2, '2024-01-02 00:00:00.000001', 'ß✓', 2.5, 1e300, FALSE),"
            + " (3, '2024-01-02 23:59:59.999999', NULL, NULL, NULL, NULL),"
            + " (4, '2024-01-03 00:00:00', 'b', 1, 1, TRUE)");
  }

  @ParameterizedTest
  @MethodSource("withHashes")
  void anotherValueOfAnyRowIsAnotherState(String uri) throws SQLException {
    fill(uri);
    String before = state(uri);
    assertThat(before).matches("3 rows, checksum -?\\d+");
    List<String> changes =
        List.of(
            "name = 'c' WHERE id = 1",
            "name = '-' WHERE id = 3",
            "name = '' WHERE id = 3",
            "price = 2.51 WHERE id = 2",
            "ratio = 1.0000000000000002e300 WHERE id = 2",
            "flag = NOT flag WHERE id = 1",
            "at_time = '2024-01-02 00:00:00.000002' WHERE id = 2",
            "c%d = 8 WHERE id = 3".formatted(COLUMNS - 1),
            "c0 = 3, c1 = 11 WHERE id = 1",
            "price = CASE id WHEN 1 THEN 2.5 ELSE 1.5 END WHERE id IN (1, 2)");
    for (String change : changes) {
      Sql.execute(uri, "UPDATE afp_states SET " + change);
      assertThat(state(uri)).as(change).startsWith("3 rows, ").isNotEqualTo(before);
      fill(uri);
    }
  }

  @ParameterizedTest
  @MethodSource("withHashes")
  void anotherOrderOfRowsAndOtherDaysAreTheSameState(String uri) throws SQLException {
    fill(uri);
    String before = state(uri);
    Sql.execute(
        uri,
        "DELETE FROM afp_states WHERE id IN (1, 4)",
        "INSERT INTO afp_states (id, at_time, name, price, ratio, flag) VALUES (1, '2024-01-02 00:00:00', 'a', 1.5, 0.1, TRUE)");
    assertThat(state(uri)).isEqualTo(before);
  }

  private static String state(String uri) throws SQLException {
    TableDef table = table(uri);
    ConnectionSettings settings =
        new ConnectionSettings("crm", uri, Optional.empty(), Optional.empty(), Optional.empty());
    try (SourceSession session = SourceSession.open(table, Map.of("crm", settings))) {
      return IntervalState.of(session, new IntervalRows(session))
          .of(Map.of(DAY, List.of()))
          .get(DAY)
          .version();
    }
  }

  private static TableDef table(String uri) {
    String name = OtherDatabasesTest.name(uri, "afp_states");
    TableBuilder table =
        TableDef.named("raw.t")
            .fromJdbc("crm", jdbc -> jdbc.table(name))
            .column("id", "int")
            .column("at_time", "timestamp_ntz")
            .column("name", "string")
            .column("price", "decimal(10,2)")
            .column("ratio", "double")
            .column("flag", "boolean")
            .replaceIntervals("at_time");
    IntStream.range(0, COLUMNS).forEach(i -> table.column("c" + i, "int"));
    return table.build();
  }
}
