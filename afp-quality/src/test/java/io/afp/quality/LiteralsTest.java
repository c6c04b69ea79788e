package io.afp.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.ColumnType;
import io.afp.core.definition.Literals;
import io.afp.core.testing.TestSpark;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int|abc",
        "int|1.5",
        "int|1e3",
        "int|''",
        "int|3000000000",
        "long|9999999999999999999",
        "boolean|maybe",
        "boolean|yes",
        "float|1.5f",
        "double|1,5",
        "double|0x1p3",
        "decimal(4,2)|1.234",
        "decimal(4,2)|100",
        "decimal(4,2)|x",
        "date|2024-02-30",
        "date|2024",
        "date|2024-02-03 10:00",
        "timestamp|12:00",
        "timestamp|2024-13-01",
        "timestamp_ntz|2024-01-01T10:00:00Z",
      })
  void aTextThatSparkWouldTurnIntoNullOrCutIsNoValue(String type, String text) {
    assertThat(Literals.isValue(type(type), text)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int|-5|-5",
        "long|+9223372036854775807|9223372036854775807",
        "boolean|TRUE|true",
        "float|.5|0.5",
        "double|1e3|1000.0",
        "double|-Infinity|-Infinity",
        "double|NaN|NaN",
        "decimal(4,2)|1.2|1.20",
        "decimal(4,2)|99.990|99.99",
        "date|2024-02-29|2024-02-29",
        "timestamp|2024-02-29|2024-02-29 00:00:00",
        "timestamp|2024-02-29 10:30:00.5|2024-02-29 10:30:00.5",
        "timestamp|2024-02-29T10:30:00+01:00|2024-02-29 09:30:00",
        "timestamp_ntz|2024-02-29T10:30|2024-02-29 10:30:00",
      })
  void whatIsAValueSparkReadsAsThatValue(String type, String text, String meant) {
    assertThat(Literals.isValue(type(type), text)).isTrue();
    String sql =
        "select cast(%s as string), typeof(%1$s)".formatted(Literals.sql(type(type), text));
    Row row = TestSpark.session().sql(sql).head();
    assertThat(row.getString(0)).isEqualTo(meant);
    assertThat(row.getString(1)).isEqualTo(type(type).sql());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "it's",
        "a\\b",
        "\\",
        "\\'",
        "\\n",
        "%_\\%",
        "\"`",
        "\\u0041",
        "é€\ud83d\ude00",
        "a\nb",
        "--",
        "/*"
      })
  void everyTextIsItself(String text) {
    String sql = "select " + Literals.sql(type("string"), text);
    assertThat(TestSpark.session().sql(sql).head().getString(0)).isEqualTo(text);
  }

  @Test
  void anEmptyTextIsAText() {
    assertThat(Literals.isValue(type("string"), "")).isTrue();
  }

  private static ColumnType type(String text) {
    return ColumnType.parse(text).orElseThrow();
  }
}
