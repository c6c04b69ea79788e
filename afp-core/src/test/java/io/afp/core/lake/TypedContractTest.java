package io.afp.core.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.testing.TestSpark;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that a source knows the type of. */
class TypedContractTest {

  @BeforeEach
  void aSessionWithoutACatalog() {
    SparkSession.setActiveSession(TestSpark.session());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int | 7L | 7",
        "long | 7 | 7",
        "decimal(10,2) | 0.1D | 0.10",
        "double | 1.5F | 1.5",
        "float | 0.1D | 0.1",
        "string | 12.50BD | 12.50",
        "string | array(1, 2) | [1, 2]",
        "date | timestamp'2013-01-05 00:00:00' | 2013-01-05",
        "timestamp | date'2013-01-05' | 2013-01-05 00:00:00",
        "boolean | true | true",
      })
  void whatFitsIsTaken(String type, String value, String expected) {
    assertThat(Contracts.outcomeOfTyped(type, value)).isEqualTo("= " + expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int | 3000000000L | 3000000000",
        "int | 1.5D | 1.5",
        "int | double('NaN') | NaN",
        "long | 12.50BD | 12.50",
        "decimal(10,2) | 0.123D | 0.123",
        "float | 1e300D | 1.0E300",
        "date | timestamp'2013-01-05 10:00:00' | 2013-01-05 10:00:00",
      })
  void whatWouldLoseAPartIsRejected(String type, String value, String shown) {
    assertThat(Contracts.outcomeOfTyped(type, value)).isEqualTo("c type " + shown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "decimal(4,2) | '0.125' | = 0.13",
        "decimal(4,2) | '-0.125' | = -0.13",
        "decimal(4,2) | '99.994' | = 99.99",
        "decimal(4,2) | '99.995' | c type 99.995",
        "decimal(20,2) | '0.125' | = 0.13",
        "decimal(4,2) | 0.125D | = 0.13",
        "decimal(4,2) | 0.125BD | = 0.13",
        "decimal(4,2) | 7 | = 7.00",
        "decimal(4,2) | 99.995BD | c type 99.995",
        "decimal(4,2) | double('NaN') | c type NaN",
      })
  void aDecimalIsRoundedWhereThatIsDeclared(String type, String value, String outcome) {
    assertThat(Contracts.outcomeOfTypedRounded(type, value)).isEqualTo(outcome);
  }
}
