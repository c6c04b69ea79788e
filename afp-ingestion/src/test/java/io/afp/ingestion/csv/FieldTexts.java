package io.afp.ingestion.csv;

import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Texts near the forms that fields have. */
final class FieldTexts {

  private static final String[] OTHERS = {
    "", " ", "-", "+", ":", ".", ",", "T", "t", "Z", "e", "E", "d", "7", "0", "/", "x", "é", "٣",
    "\u0000", "\u0001", "\t", "\u00a0"
  };
  private static final String[] AROUND = {"", "", "", "", " ", "\t", "\u0000", "\u0001", "\u00a0"};

  private FieldTexts() {}

  static Arbitrary<String> numbers() {
    Arbitrary<String> signs = Arbitraries.of("", "", "-", "+");
    Arbitrary<String> points = Arbitraries.of("", ".");
    Arbitrary<String> exponents =
        Arbitraries.oneOf(
            Arbitraries.just(""),
            Arbitraries.integers().between(-30, 30).map("e%d"::formatted),
            Arbitraries.of("e", "E+5", "e-05", "e0005", "E309", "e-324", "e2147483648", "e+"));
    return near(
        Combinators.combine(signs, digits(), points, digits(), exponents)
            .as((sign, whole, point, behind, e) -> sign + whole + point + behind + e));
  }

  private static Arbitrary<String> digits() {
    return Arbitraries.oneOf(
        Arbitraries.strings().numeric().ofMaxLength(10),
        Arbitraries.strings().numeric().ofMaxLength(24),
        Arbitraries.of(
            "",
            "0",
            "00",
            "000000000000000000001",
            "0".repeat(30) + "25",
            "0".repeat(1_100),
            "9".repeat(18),
            "9".repeat(38)));
  }

  /** Integers around the bounds of types, and around halves of floats. */
  static Arbitrary<String> bounds() {
    Arbitrary<BigInteger> powers =
        Arbitraries.integers().between(0, 70).map(BigInteger.ONE::shiftLeft);
    Arbitrary<BigInteger> tens = Arbitraries.integers().between(0, 39).map(BigInteger.TEN::pow);
    Arbitrary<Integer> off = Arbitraries.integers().between(-2, 2);
    return near(
        Combinators.combine(Arbitraries.oneOf(powers, tens), off, Arbitraries.of(1, -1))
            .as((bound, by, sign) -> bound.add(BigInteger.valueOf(by * sign)).toString()));
  }

  /** All doubles and floats, as Java writes them. */
  static Arbitrary<String> fractions() {
    Arbitrary<Double> doubles =
        Arbitraries.randoms().map(random -> Double.longBitsToDouble(random.nextLong()));
    Arbitrary<Double> floats =
        Arbitraries.randoms().map(random -> (double) Float.intBitsToFloat(random.nextInt()));
    Arbitrary<Double> usual = Arbitraries.randoms().map(random -> random.nextGaussian() * 1000);
    return Arbitraries.oneOf(doubles, floats, usual)
        .flatMap(
            number -> Arbitraries.of(number.toString(), exact(number), "" + number.floatValue()));
  }

  private static String exact(Double number) {
    return Double.isFinite(number) ? new BigDecimal(number).toString() : "inf";
  }

  /** Days of which some do not exist, with times of which some do not either. */
  static Arbitrary<String> times() {
    Arbitrary<String> clocks = Combinators.combine(two(24), two(60), two(60)).as(FieldTexts::clock);
    Arbitrary<String> fractions = Arbitraries.strings().numeric().ofMaxLength(9);
    Arbitrary<String> between = Arbitraries.of(" ", " ", "T", "T", "", "  ");
    Arbitrary<String> zones = Arbitraries.of("", "", "", "Z", "+01:00", " Europe/Berlin", "UTC");
    Arbitrary<String> ends =
        Arbitraries.oneOf(
            Arbitraries.just(""), fractions.map("."::concat), Arbitraries.just(""), zones);
    Arbitrary<Integer> cuts = Arbitraries.integers().between(0, 20);
    return near(
        Combinators.combine(dates(), between, clocks, ends, zones, cuts)
            .as(
                (date, b, clock, end, zone, cut) ->
                    date
                        + b
                        + clock.substring(0, Math.max(0, Math.min(8, 3 * cut - 1)))
                        + end
                        + zone));
  }

  private static String clock(String hour, String minute, String second) {
    return hour + ":" + minute + ":" + second;
  }

  static Arbitrary<String> days() {
    return near(dates());
  }

  private static Arbitrary<String> dates() {
    Arbitrary<String> years =
        Arbitraries.oneOf(
                Arbitraries.integers().between(0, 9999),
                Arbitraries.of(0, 1, 1600, 1900, 1970, 2000, 2024, 9999))
            .map("%04d"::formatted);
    Arbitrary<String> dates =
        Combinators.combine(years, two(13), two(32)).as((y, m, d) -> y + "-" + m + "-" + d);
    return Arbitraries.oneOf(dates, years.map(year -> year + "-02-29"));
  }

  private static Arbitrary<String> two(int most) {
    return Arbitraries.integers().between(0, most).map("%02d"::formatted);
  }

  static Arbitrary<String> words() {
    return near(
        Arbitraries.of(
            "true",
            "True",
            "TRUE",
            "tRuE",
            "t",
            "T",
            "yes",
            "YES",
            "y",
            "Y",
            "1",
            "false",
            "False",
            "FALSE",
            "f",
            "F",
            "no",
            "n",
            "N",
            "0",
            "NaN",
            "nan",
            "inf",
            "-Infinity",
            "+inf",
            "a",
            "Zürich",
            "\u0011",
            "naïve",
            "😀",
            "1e",
            "0x1p3",
            "1d",
            "2",
            "01",
            "1_000"));
  }

  /** The text, the text with other characters around, and the text with another one inside. */
  static Arbitrary<String> near(Arbitrary<String> texts) {
    Arbitrary<String> other = Arbitraries.of(OTHERS);
    Arbitrary<String> around = Arbitraries.of(AROUND);
    Arbitrary<Integer> places = Arbitraries.integers().between(0, 80);
    return Combinators.combine(texts, other, places, around, around)
        .as((text, with, at, before, after) -> before + changed(text, with, at) + after)
        .filter(text -> !text.isEmpty());
  }

  /** A text with another character at one place, if it has that. */
  static String changed(String text, String with, int at) {
    return at < text.length() ? text.substring(0, at) + with + text.substring(at + 1) : text;
  }
}
