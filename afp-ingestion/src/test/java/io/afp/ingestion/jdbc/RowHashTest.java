package io.afp.ingestion.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.jdbc.Identifiers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.sql.Types;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What databases that no test has are asked, as their manuals have it. */
class RowHashTest {

  private static final Dialect DIALECT = new Dialect(new Identifiers("\""), true, Optional.empty());

  private static String sql(RowHash hash, SourceColumn... columns) {
    return hash.of(DIALECT, List.of(columns));
  }

  private static SourceColumn column(String name, int type, String typeName) {
    return new SourceColumn(name, type, typeName, 10, 0, true);
  }

  @Test
  void sqlServerHashesTextsThatLoseNothing() {
    assertThat(sql(RowHash.SQL_SERVER, column("a", Types.DOUBLE, "float")))
        .isEqualTo(
            "CAST(CONVERT(bigint, SUBSTRING(HASHBYTES('SHA2_256',"
                + " COALESCE(CONVERT(char(64), HASHBYTES('SHA2_256', CONVERT(nvarchar(max), \"a\", 3)), 2), '-')"
                + "), 1, 8)) AS decimal(38, 0))");
    assertThat(
            sql(
                RowHash.SQL_SERVER,
                column("t", -155, "datetimeoffset"),
                column("m", Types.DECIMAL, "money"),
                column("n", Types.NVARCHAR, "nvarchar"),
                column("b", Types.VARBINARY, "varbinary")))
        .contains("CONVERT(nvarchar(max), \"t\", 121)")
        .contains("CONVERT(nvarchar(max), \"m\", 2)")
        .contains("CONVERT(nvarchar(max), \"n\", 0)")
        .contains("CONVERT(varbinary(max), \"b\")");
  }

  @Test
  void oracleHashesValuesAndTheLengthsOfLargeObjects() {
    assertThat(
            sql(
                RowHash.ORACLE,
                column("A", Types.NUMERIC, "NUMBER"),
                column("B", Types.CLOB, "CLOB")))
        .isEqualTo(
            "TO_NUMBER(SUBSTR(RAWTOHEX(STANDARD_HASH("
                + "COALESCE(RAWTOHEX(STANDARD_HASH(\"A\", 'SHA256')), '-')"
                + " || COALESCE(RAWTOHEX(STANDARD_HASH(DBMS_LOB.GETLENGTH(\"B\"), 'SHA256')), '-')"
                + ", 'SHA256')), 1, 15), 'XXXXXXXXXXXXXXX')");
  }

  @Test
  void mySqlHashesFractionsWithAllTheirDigits() {
    assertThat(
            sql(RowHash.MYSQL, column("r", Types.REAL, "FLOAT"), column("i", Types.INTEGER, "INT")))
        .isEqualTo(
            "CAST(CONV(LEFT(SHA2(CONCAT(COALESCE(SHA2(CAST(\"r\" + 0e0 AS BINARY), 256), '-'),"
                + " COALESCE(SHA2(CAST(\"i\" AS BINARY), 256), '-')), 256), 15), 16, 10) AS DECIMAL(20))");
  }

  @Test
  void anInstantOfDuckDbIsTheSameInEachZone(@TempDir Path folder) throws SQLException {
    String number =
        sql(
            RowHash.DUCK_DB,
            column("at", Types.TIMESTAMP_WITH_TIMEZONE, "TIMESTAMP WITH TIME ZONE"));
    Set<String> found = new HashSet<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("z"));
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE t AS SELECT unnest([TIMESTAMPTZ '2024-01-02 03:04:05Z', 'infinity', NULL]) AS at");
      for (String zone : List.of("UTC", "Asia/Kathmandu", "America/New_York")) {
        statement.execute("SET TimeZone = '%s'".formatted(zone));
        try (ResultSet rows = statement.executeQuery("SELECT sum(%s) FROM t".formatted(number))) {
          rows.next();
          found.add(rows.getString(1));
        }
      }
    }
    assertThat(found).hasSize(1).doesNotContainNull();
  }

  @Test
  void aDatabaseThatDoesNotKnowAFunctionSaysNoAndOneThatIsBusyDoesNot() {
    assertThat(
            Stream.of(
                new SQLSyntaxErrorException("no such function", "42000"),
                new SQLException("undefined function", "42883"),
                new SQLException("no such function", "90022"),
                new SQLException("no such function", "S0010"),
                new SQLException("no such function", (String) null)))
        .allMatch(SourceSession::isNo);
    assertThat(
            Stream.of(
                new SQLTimeoutException("too long", "HYT00"),
                new SQLException("lock timeout", "40001"),
                new SQLException("connection lost", "08006"),
                new SQLTransientConnectionException("connection lost")))
        .noneMatch(SourceSession::isNo);
  }
}
