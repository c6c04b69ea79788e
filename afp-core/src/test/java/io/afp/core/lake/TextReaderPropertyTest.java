package io.afp.core.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.ColumnType;
import io.afp.core.definition.Rounding;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import scala.Option;

/** What is read from the bytes is what Spark and Java read, or nothing. */
class TextReaderPropertyTest {

  private static final TimeReader TIMES = new TimeReader(Optional.empty(), ZoneOffset.UTC);
  private static final Pattern DAY = Pattern.compile("\\s*\\d{4}-\\d{1,2}-\\d{1,2}\\s*");
  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d{1,2}-\\d{1,2}([ T]\\d{1,2}:\\d{1,2}:\\d{1,2}|\\s*)\\s*");
  private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)");

  @Property
  void aDateIsTheOneThatSparkReads(@ForAll("nearlyDates") String text) {
    UTF8String bytes = UTF8String.fromString(text);
    Object expected = DAY.matcher(text).matches() ? value(DateTimeUtils.stringToDate(bytes)) : null;
    assertThat((Object) TIMES.days(bytes)).isEqualTo(expected);
  }

  @Property
  void aTimeIsTheOneThatSparkReads(@ForAll("nearlyTimes") String text) {
    UTF8String bytes = UTF8String.fromString(text);
    Object expected =
        TIME.matcher(text).matches()
            ? value(DateTimeUtils.stringToTimestamp(bytes, ZoneOffset.UTC))
            : null;
    assertThat((Object) TIMES.micros(bytes)).isEqualTo(expected);
  }

  @Property
  void aDecimalIsExactlyTheOneThatJavaReads(
      @ForAll("nearlyNumbers") String text, @ForAll("scales") int scale) {
    assertThat(decimal(text, scale, Rounding.REJECT))
        .isEqualTo(decimal(text, scale, RoundingMode.UNNECESSARY));
  }

  @Property
  void aRoundedDecimalIsTheOneThatJavaRounds(
      @ForAll("nearlyNumbers") String text, @ForAll("scales") int scale) {
    assertThat(decimal(text, scale, Rounding.HALF_UP))
        .isEqualTo(decimal(text, scale, RoundingMode.HALF_UP));
  }

  @ParameterizedTest
  @CsvSource({
    "0.005, 0.01",
    "-0.005, -0.01",
    "0.00499, 0.00",
    "9999999999.994, 9999999999.99",
    "9999999999.995,",
    "1e-999999999, 0.00",
    "5e-3, 0.01",
    "4e-3, 0.00",
    "1e999999999,"
  })
  void halfOfTheLastDigitIsRoundedAwayFromZero(String text, BigDecimal expected) {
    assertThat(decimal(text, 2, Rounding.HALF_UP)).isEqualTo(expected);
  }

  private static BigDecimal decimal(String text, int scale, Rounding rounding) {
    Decimal read = new DecimalReader(12, scale, rounding).read(UTF8String.fromString(text));
    return read == null ? null : read.toJavaBigDecimal();
  }

  @Property
  void whatSparkCastsIsReadAsSparkCastsIt(
      @ForAll("nearlyValues") String text, @ForAll("casts") String type) {
    ColumnDef column = column(type);
    Object read = TextReader.of(column).read(UTF8String.fromString(text));
    assertThat(read).isEqualTo(cast(text, column.type()));
  }

  @Property
  void aReaderGivesWhatTheContractGives(
      @ForAll("nearlyValues") String text, @ForAll("types") String type) {
    ColumnDef column = column(type);
    Column value = TextReader.value(column, functions.lit(text));
    Object read = TextReader.of(column).read(UTF8String.fromString(text));
    assertThat(read).isEqualTo(value.expr().eval(InternalRow.empty()));
  }

  private static ColumnDef column(String type) {
    return Contracts.table().column("c", type).build().columns().get(0);
  }

  private static Object cast(String text, ColumnType type) {
    return Native.tryCast(functions.lit(text), type).expr().eval(InternalRow.empty());
  }

  @Provide
  Arbitrary<String> casts() {
    return Arbitraries.of("boolean", "int", "long", "string", "binary");
  }

  @Provide
  Arbitrary<String> types() {
    Arbitrary<String> others =
        Arbitraries.of("float", "double", "decimal(9,2)", "date", "timestamp", "timestamp_ntz");
    return Arbitraries.oneOf(casts(), others);
  }

  @Provide
  Arbitrary<String> nearlyValues() {
    Arbitrary<String> known =
        Arbitraries.of(
            "t,TRUE, true ,y,Yes,1,f,false,N,no,0,on,-0,+7,2147483647,2147483648,-2147483648,"
                .concat("9223372036854775807,9223372036854775808,-9223372036854775808,1e3,0x1F")
                .split(","));
    Arbitrary<String> spaced =
        Combinators.combine(spaces(), known, spaces()).as((a, text, b) -> a + text + b);
    return Arbitraries.oneOf(
        mutated(spaced), nearlyNumbers(), nearlyDates(), Arbitraries.strings().ofMaxLength(5));
  }

  private static Arbitrary<String> spaces() {
    return Arbitraries.of("", "", " ", "\t", "\u0000", "\u00a0", "\u2003", "\r\n");
  }

  private static BigDecimal decimal(String text, int scale, RoundingMode mode) {
    if (!NUMBER.matcher(text.strip()).matches()) {
      return null;
    }
    try {
      BigDecimal number = new BigDecimal(text.strip()).setScale(scale, mode);
      return number.precision() > 12 ? null : number;
    } catch (ArithmeticException e) {
      return null;
    }
  }

  @Provide
  Arbitrary<Integer> scales() {
    return Arbitraries.integers().between(0, 12);
  }

  @Provide
  Arbitrary<String> nearlyDates() {
    return mutated(dates());
  }

  @Provide
  Arbitrary<String> nearlyTimes() {
    Arbitrary<String> clock =
        Combinators.combine(two(25), two(61), two(61))
            .as((hour, minute, second) -> hour + ":" + minute + ":" + second);
    Arbitrary<String> between = Arbitraries.of(" ", "T");
    return mutated(Combinators.combine(dates(), between, clock).as((d, b, c) -> d + b + c));
  }

  @Provide
  Arbitrary<String> nearlyNumbers() {
    Arbitrary<String> digits = Arbitraries.strings().numeric().ofMaxLength(14);
    Arbitrary<String> sign = Arbitraries.of("", "-", "+", " ");
    Arbitrary<String> point = Arbitraries.of("", ".");
    return mutated(
        Combinators.combine(sign, digits, point, digits).as((s, w, p, f) -> s + w + p + f));
  }

  private static Arbitrary<String> dates() {
    Arbitrary<String> years = Arbitraries.integers().between(0, 9999).map("%04d"::formatted);
    return Combinators.combine(years, two(13), two(32)).as((y, m, d) -> y + "-" + m + "-" + d);
  }

  private static Arbitrary<String> two(int most) {
    return Arbitraries.integers().between(0, most).map("%02d"::formatted);
  }

  /** The text, and texts with another character at one place. */
  private static Arbitrary<String> mutated(Arbitrary<String> texts) {
    Arbitrary<String> other = Arbitraries.of("", " ", "-", ":", ".", "T", "7", "x", "é", "٣");
    Arbitrary<Integer> places = Arbitraries.integers().between(0, 60);
    return Combinators.combine(texts, other, places)
        .as((text, with, at) -> at < text.length() ? replaced(text, with, at) : text);
  }

  private static String replaced(String text, String with, int at) {
    return text.substring(0, at) + with + text.substring(at + 1);
  }

  private static Object value(Option<Object> found) {
    return found.isEmpty() ? null : found.get();
  }
}
