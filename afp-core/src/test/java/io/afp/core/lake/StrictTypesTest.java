package io.afp.core.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.testing.TestSpark;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A text is a value of its type, or its row is rejected: nothing is cut, rounded or guessed. */
class StrictTypesTest {

  @BeforeAll
  static void aSessionWithoutACatalog() {
    SparkSession.setActiveSession(TestSpark.session());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        "int | 15 | 15",
        "int | ' 15 ' | 15",
        "int | -2147483648 | -2147483648",
        "long | 9223372036854775807 | 9223372036854775807",
        "double | 1.5 | 1.5",
        "double | 1e3 | 1000.0",
        "double | NaN | NaN",
        "double | Infinity | Infinity",
        "float | 1.5 | 1.5",
        "decimal(10,2) | 1.5 | 1.50",
        "decimal(10,2) | 1.500 | 1.50",
        "decimal(10,2) | 1.5e3 | 1500.00",
        "decimal(38,20) | 1.00000000000000000001 | 1.00000000000000000001",
        "decimal(38,0) | 12345678901234567890123456789012345678 | 12345678901234567890123456789012345678",
        "boolean | true | true",
        "date | 2013-02-28 | 2013-02-28",
        "date | 2013-2-8 | 2013-02-08",
        "timestamp | 2013-02-28 12:30:00 | 2013-02-28 12:30:00",
        "timestamp | 2013-02-28T12:30:00+02:00 | 2013-02-28 10:30:00",
        "timestamp | 2013-02-28 | 2013-02-28 00:00:00",
        "timestamp | 2013-02-28 12:30:00.1234560 | 2013-02-28 12:30:00.123456",
        "timestamp_ntz | 2013-02-28 12:30 | 2013-02-28 12:30:00",
        "string | ' x ' | ' x '",
        "string | '' | ''",
      })
  void aValueIsTaken(String type, String text, String value) {
    assertThat(Contracts.outcome(type, text)).isEqualTo("= " + value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int | 1.5",
        "int | 2147483648",
        "int | ''",
        "int | ' '",
        "int | NA",
        "int | 1L",
        "int | 0x1F",
        "long | 9223372036854775808",
        "double | 1d",
        "double | 1.5F",
        "double | 1;5",
        "double | 1e400",
        "float | 1e39",
        "double | ''",
        "decimal(10,2) | 1.005",
        "decimal(10,2) | 123456789.00",
        "decimal(10,2) | 1.5e-3",
        "decimal(38,0) | 12345678901234567890123.5",
        "boolean | maybe",
        "boolean | 2",
        "date | 2013-02-30",
        "date | 2013",
        "date | 2013-02",
        "date | 2013-02-28 12:30:00",
        "date | 28.02.2013",
        "date | 20130228",
        "date | today",
        "timestamp | 12:30",
        "timestamp | 2013",
        "timestamp | 2013-02-30 00:00:00",
        "timestamp | 2013-02-28 25:00:00",
        "timestamp | 2013-02-28 12:30:00.1234567",
        "timestamp | now",
        "timestamp_ntz | 12:30",
        "timestamp_ntz | 2013-02-28 12:30:00+02:00",
        "timestamp_ntz | 2013-02-28T12:30:00Z",
        "timestamp_ntz | 2013-02-28 12:30:00 Europe/Paris",
      })
  void aTextThatIsNoValueIsRejected(String type, String text) {
    assertThat(Contracts.outcome(type, text).strip()).isEqualTo(("c type " + text).strip());
  }
}
