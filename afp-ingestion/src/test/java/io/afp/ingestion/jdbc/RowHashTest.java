package io.afp.ingestion.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.jdbc.Identifiers;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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
}
