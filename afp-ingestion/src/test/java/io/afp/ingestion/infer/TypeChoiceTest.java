package io.afp.ingestion.infer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeChoiceTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 -2 +3 2147483647               | int",
        "1 2147483648                     | long",
        "1 9223372036854775807            | string",
        "0 10 -7                          | int",
        "007 123                          | string",
        "-012                             | string",
        "00.5 1.5                         | string",
        "0.5 1.25 3                       | double",
        "12.50 7.00 -3.10                 | decimal(10,2)",
        "123456789012.50 7.00             | decimal(16,2)",
        "1e3 2.5E-4                       | double",
        "0.12345678901234567891 1         | decimal(23,20)",
        "10.357019999999999 8.05546       | double",
        "1.5 NaN -Infinity                | double",
        "12345678901234 98765432109876    | string",
        "1700000000000 1800000000000      | long",
        "true FALSE                       | boolean",
        "yes No                           | boolean",
        "y n                              | string",
        "2024-01-31 2024-2-1              | date",
        "2024-02-30                       | string",
        "2024-01-31T10:00 2024-01-31      | timestamp_ntz",
        "2024-01-31T10:00:00.123456       | timestamp_ntz",
        "2024-01-31T10:00:00.1234567      | string",
        "2024-01-31T10:00:00Z             | timestamp",
        "2024-01-31T10:00:00+01:00 2024-01-31T10:00:00 | timestamp",
        "a 1                              | string",
        "'1,5 2,5'                        | decimal(10,1)",
        "'1,234 2,345'                    | string",
        "'1,234 2,345.5'                  | decimal(10,1)",
        "'007,5 1,5'                      | string",
      })
  void allValuesDecide(String values, String type) {
    assertThat(choice("x", values.split(" ")).type()).hasToString(type);
  }

  @ParameterizedTest
  @CsvSource({
    "31.12.2024 01.02.2024, day, dd.MM.yyyy",
    "31/12/2024 01/02/2024, day, dd/MM/yyyy",
    "12/31/2024 01/02/2024, day, MM/dd/yyyy",
    "2024/12/31, x, yyyy/MM/dd",
    "20241231 20240101, order_date, yyyyMMdd",
  })
  void daysMayHaveAPatternOfTheirOwn(String values, String name, String pattern) {
    TypeChoice choice = choice(name, values.split(" "));
    assertThat(choice.type()).hasToString("date");
    assertThat(choice.format()).contains(pattern);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.234.567,89 -3,5 12 | #.##0,00 | decimal(11,2)",
        "1,234,567.89 0.50    | #,##0.00 | decimal(11,2)",
        "1'234.50 7           | #'##0.00 | decimal(10,2)",
        "1.234.567 2.000.000  | #.##0,00 | decimal(10,0)",
      })
  void numbersMayHaveAPatternOfTheirOwn(String values, String pattern, String type) {
    TypeChoice choice = choice("x", values.split(" "));
    assertThat(choice.type()).hasToString(type);
    assertThat(choice.format()).contains(pattern);
  }

  @Test
  void aDayThatMayBeReadInTwoWaysStaysAText() {
    assertThat(choice("day", "01/02/2024", "03/04/2024").type()).hasToString("string");
  }

  @Test
  void eightDigitsAreADayOnlyWhereTheNameSaysSo() {
    assertThat(choice("amount", "20241231").type()).hasToString("int");
  }

  @Test
  void oneValueThatDoesNotFitKeepsATextAndIsShown() {
    String[] values = IntStream.range(0, 999).mapToObj(Integer::toString).toArray(String[]::new);
    String[] all = Arrays.copyOf(values, 1000);
    all[999] = "12a";
    TypeChoice choice = choice("x", all);
    assertThat(choice.type()).hasToString("string");
    assertThat(choice.certainty()).isEqualTo("99.9% of 1,000 values look like long");
    assertThat(choice.others()).containsExactly("12a");
  }

  @Test
  void fewValuesAndNoneAreSaid() {
    assertThat(choice("x", "1", "2").certainty()).isEqualTo("only 2 values seen");
    assertThat(choice("x", null, null).certainty()).isEqualTo("no value was seen");
    assertThat(choice("x", null, null).type()).hasToString("string");
  }

  @Test
  void textsStandForNullWhereTheyKeepAColumnFromItsType() {
    assertThat(NullMarkers.of(List.of(profile("1", "-", "2"), profile("a", "?"))))
        .containsExactly("-");
    assertThat(TypeChoice.of("x", profile("1", "-", "2"), Set.of("-")).type()).hasToString("int");
  }

  @Test
  void someTextsAlwaysStandForNullButNamibiaStays() {
    assertThat(NullMarkers.of(List.of(profile("America/Chicago", "NA"), profile("x", "NULL"))))
        .containsExactly("NA", "NULL");
    assertThat(NullMarkers.of(List.of(profile("DE", "NA", "FR")))).isEmpty();
  }

  @Test
  void partsThatWereCountedApartGiveTheSame() {
    ColumnProfile merged = profile("1", "2", null).merge(profile("x", "NA"));
    ColumnProfile whole = profile("1", "2", null, "x", "NA");
    for (Set<String> nulls : List.of(Set.<String>of(), Set.of("NA"))) {
      assertThat(TypeChoice.of("x", merged, nulls)).isEqualTo(TypeChoice.of("x", whole, nulls));
      assertThat(merged.values(nulls)).isEqualTo(whole.values(nulls));
    }
    assertThat(merged.nulls()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "contact     | ada@example.org b@x.de            | the values look like email",
        "x           | 192.168.0.1 10.0.0.255            | the values look like address of host",
        "x           | +49-30-1234567 +44-20-79460958    | the values look like phone",
        "x           | DE89370400440532013000            | the values look like iban",
        "x           | 4111111111111111 5500000000000004 | the values look like card",
        "first_name  | Ada Bob                           | the name says so",
        "customer_phone | 030 040                        | the name says so",
      })
  void whatMayBeAboutAPersonIsSaid(String name, String values, String why) {
    assertThat(PersonalData.suspicion(name, profile(values.split(" ")))).contains(why);
  }

  @ParameterizedTest
  @CsvSource({
    "carrier, UA DL",
    "name, Texas Ohio",
    "zipped, 1 0",
    "tip, 1.5 2.5",
    "version, 1.2.3.400"
  })
  void whatIsNotIsNot(String name, String values) {
    assertThat(PersonalData.suspicion(name, profile(values.split(" ")))).isEmpty();
  }

  private static TypeChoice choice(String name, String... values) {
    return TypeChoice.of(name, profile(values), Set.of());
  }

  private static ColumnProfile profile(String... values) {
    ColumnProfile profile = new ColumnProfile();
    for (String value : values) {
      profile.add(value);
    }
    return profile;
  }
}
