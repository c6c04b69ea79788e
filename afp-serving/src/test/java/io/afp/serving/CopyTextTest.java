package io.afp.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.testing.TestPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** What is copied into Postgres comes out equal. */
class CopyTextTest extends CopyTextValues {

  private static Connection postgres;

  @BeforeContainer
  static void connect() throws SQLException {
    postgres = DriverManager.getConnection(TestPostgres.empty().uri());
  }

  @AfterContainer
  static void close() throws SQLException {
    postgres.close();
  }

  @Property(tries = 200)
  void texts(@ForAll("texts") List<String> texts) throws SQLException {
    roundTrip("text", texts, "v", rows -> rows.getString(1));
  }

  @Property(tries = 50)
  void numbers(@ForAll List<Integer> ints, @ForAll List<Long> longs) throws SQLException {
    roundTrip("integer", ints, "v", rows -> rows.getObject(1));
    roundTrip("bigint", longs, "v", rows -> rows.getObject(1));
  }

  @Property(tries = 50)
  void floatingNumbers(@ForAll("floats") List<Float> floats, @ForAll("doubles") List<Double> all)
      throws SQLException {
    roundTrip("real", floats, "v", rows -> rows.getObject(1));
    roundTrip("double precision", all, "v", rows -> rows.getObject(1));
  }

  @Property(tries = 50)
  void decimals(@ForAll("decimals") List<BigDecimal> decimals) throws SQLException {
    roundTrip("numeric(38,18)", decimals, "v", rows -> rows.getBigDecimal(1));
  }

  @Property(tries = 50)
  void booleansAndBytes(@ForAll List<Boolean> booleans, @ForAll List<byte[]> bytes)
      throws SQLException {
    roundTrip("boolean", booleans, "v", rows -> rows.getObject(1));
    roundTrip("bytea", bytes, "v", rows -> rows.getBytes(1));
  }

  @Property(tries = 50)
  void dates(@ForAll("days") List<Long> days) throws SQLException {
    List<LocalDate> dates = days.stream().map(LocalDate::ofEpochDay).toList();
    String inDays = "v - date '1970-01-01'"; // the driver can't read 29 February of a year before 1
    roundTrip("date", dates, inDays, rows -> LocalDate.ofEpochDay(rows.getLong(1)));
  }

  @Property(tries = 50)
  void instants(@ForAll("micros") List<Long> micros) throws SQLException {
    List<Instant> instants = micros.stream().map(m -> local(m).toInstant(ZoneOffset.UTC)).toList();
    String inMicros = "(extract(epoch from v) * 1000000)::bigint";
    roundTrip("timestamptz", instants, inMicros, rows -> instant(rows.getLong(1)));
  }

  @Property(tries = 50)
  void localTimes(@ForAll("micros") List<Long> micros) throws SQLException {
    List<LocalDateTime> times = micros.stream().map(CopyTextValues::local).toList();
    String inMicros = "(extract(epoch from v) * 1000000)::bigint";
    roundTrip("timestamp", times, inMicros, rows -> local(rows.getLong(1)));
  }

  @Property(tries = 50)
  void rowsOfManyFields(@ForAll("texts") List<String> a, @ForAll("texts") List<String> b)
      throws SQLException {
    CopyText text = new CopyText(List.of("a", "b"));
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      rows.add(Arrays.asList(a.get(i), b.get(i)));
      text.row(rows.get(i).toArray());
    }
    copy("n serial, a text, b text", "a, b", text);
    assertThat(query("a, b", found -> Arrays.asList(found.getString(1), found.getString(2))))
        .isEqualTo(rows);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\0b", "\ud83d", "\ude00\ud83d"})
  void whatPostgresCannotStoreIsRefusedInsteadOfChanged(String value) {
    assertThatThrownBy(() -> new CopyText(List.of("id", "note")).row(new Object[] {1, value}))
        .isInstanceOf(CopyText.NotStorable.class)
        .hasMessageStartingWith("column note has ")
        .hasMessageEndingWith(", which Postgres can't store");
  }

  private static void roundTrip(String type, List<?> values, String shown, Reader reader)
      throws SQLException {
    CopyText text = new CopyText(List.of("v"));
    values.forEach(value -> text.row(new Object[] {value}));
    copy("n serial, v " + type, "v", text);
    assertThat(query(shown, rows -> rows.getObject(1) == null ? null : reader.read(rows)))
        .as("all rows in their order, as %s", type)
        .containsExactlyElementsOf(values);
  }

  private static void copy(String definition, String columns, CopyText text) throws SQLException {
    try (Statement statement = postgres.createStatement()) {
      statement.execute("CREATE TEMP TABLE IF NOT EXISTS t (n int)");
      statement.execute("DROP TABLE t");
      statement.execute("CREATE TEMP TABLE t (%s)".formatted(definition));
    }
    ByteArrayInputStream bytes = new ByteArrayInputStream(text.take());
    String sql = "COPY t (%s) FROM STDIN".formatted(columns);
    try {
      postgres.unwrap(PGConnection.class).getCopyAPI().copyIn(sql, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Object> query(String shown, Reader reader) throws SQLException {
    List<Object> found = new ArrayList<>();
    try (Statement statement = postgres.createStatement();
        ResultSet rows = statement.executeQuery("SELECT %s FROM t ORDER BY n".formatted(shown))) {
      while (rows.next()) {
        found.add(reader.read(rows));
      }
    }
    return found;
  }

  /** Reads one row. */
  private interface Reader {
    Object read(ResultSet rows) throws SQLException;
  }
}
