package io.afp.serving;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;

/** Values of all types, most of them at an edge; all that Postgres can store. */
abstract class CopyTextValues {

  private static final long FIRST_MICRO = micros(LocalDateTime.of(-4711, 1, 1, 0, 0));
  private static final long LAST_MICRO = micros(LocalDateTime.of(294000, 1, 1, 0, 0));

  @Provide
  Arbitrary<List<String>> texts() {
    Arbitrary<String> hard =
        Arbitraries.of(
            "",
            "\\",
            "\\N",
            "\\\\N",
            "\\.",
            "\t",
            "\n",
            "\r",
            "\r\n",
            "'",
            "\"",
            "NULL",
            "\\t",
            "\b\f\u000b\u007f\u0001",
            "\u00e4\u20ac\u2028\ufeff",
            "\ud83d\ude00",
            "a\\",
            " a ");
    Arbitrary<String> any =
        Arbitraries.strings().all().ofMaxLength(8).filter(CopyTextValues::isUnicode);
    Arbitrary<String> mixed =
        Arbitraries.oneOf(hard, any).list().ofMaxSize(4).map(parts -> String.join("", parts));
    return Arbitraries.oneOf(hard, mixed).injectNull(0.1).list().ofMaxSize(20);
  }

  /** A text without U+0000 and half characters. */
  private static boolean isUnicode(String text) {
    return text.indexOf('\0') < 0
        && text.codePoints()
            .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  @Provide
  Arbitrary<List<Float>> floats() {
    Arbitrary<Float> special =
        Arbitraries.of(
            Float.NaN,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            -0.0f,
            Float.MIN_VALUE,
            Float.MAX_VALUE);
    Arbitrary<Float> bits = Arbitraries.integers().map(Float::intBitsToFloat);
    return Arbitraries.oneOf(special, bits).injectNull(0.1).list().ofMaxSize(20);
  }

  @Provide
  Arbitrary<List<Double>> doubles() {
    Arbitrary<Double> special =
        Arbitraries.of(
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            -0.0,
            Double.MIN_VALUE,
            Double.MAX_VALUE);
    Arbitrary<Double> bits = Arbitraries.longs().map(Double::longBitsToDouble);
    return Arbitraries.oneOf(special, bits).injectNull(0.1).list().ofMaxSize(20);
  }

  @Provide
  Arbitrary<List<BigDecimal>> decimals() {
    BigDecimal most = new BigDecimal("99999999999999999999.999999999999999999");
    return Arbitraries.bigDecimals()
        .between(most.negate(), most)
        .ofScale(18)
        .map(d -> d.setScale(18))
        .injectNull(0.1)
        .list()
        .ofMaxSize(20);
  }

  @Provide
  Arbitrary<List<Long>> days() {
    long first = LocalDate.of(-4711, 1, 1).toEpochDay();
    long last = LocalDate.of(5_000_000, 1, 1).toEpochDay();
    long yearZero = LocalDate.of(0, 1, 1).toEpochDay();
    return Arbitraries.oneOf(
            Arbitraries.longs().between(first, last),
            Arbitraries.longs().between(first, yearZero + 800),
            Arbitraries.longs().between(0, 30_000))
        .list()
        .ofMaxSize(20);
  }

  @Provide
  Arbitrary<List<Long>> micros() {
    return Arbitraries.oneOf(
            Arbitraries.longs().between(FIRST_MICRO, LAST_MICRO),
            Arbitraries.longs().between(FIRST_MICRO, micros(LocalDateTime.of(2, 1, 1, 0, 0))),
            Arbitraries.longs().between(0, 2_000_000_000_000_000L))
        .list()
        .ofMaxSize(20);
  }

  private static long micros(LocalDateTime time) {
    return time.toEpochSecond(ZoneOffset.UTC) * 1_000_000 + time.getNano() / 1000;
  }

  static LocalDateTime local(long micros) {
    long second = Math.floorDiv(micros, 1_000_000);
    int nano = Math.floorMod(micros, 1_000_000) * 1000;
    return LocalDateTime.ofEpochSecond(second, nano, ZoneOffset.UTC);
  }

  static Instant instant(long micros) {
    return local(micros).toInstant(ZoneOffset.UTC);
  }
}
