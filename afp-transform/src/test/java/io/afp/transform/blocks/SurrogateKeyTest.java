package io.afp.transform.blocks;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

class SurrogateKeyTest {

  private static final String SCHEMA =
      "s string, i int, n bigint, d decimal(38,20), f decimal(9,2), b boolean, day date, at timestamp,"
          + " wall timestamp_ntz, x binary";
  private static final String[] COLUMNS = {"s", "i", "n", "d", "f", "b", "day", "at", "wall", "x"};

  /** In New York this time does not exist. */
  private static final LocalDateTime SKIPPED = LocalDateTime.of(2024, 3, 10, 2, 30);

  /** The documented text, made by other means. */
  private static String text(Object value) {
    if (value == null) {
      return "-";
    } else if (value instanceof String s) {
      return part("s", s);
    } else if (value instanceof BigDecimal d) {
      return part("n", d.signum() == 0 ? "0" : d.stripTrailingZeros().toPlainString());
    } else if (value instanceof Number n) {
      return part("n", n.toString());
    } else if (value instanceof Boolean b) {
      return part("b", b.toString());
    } else if (value instanceof LocalDate d) {
      return part("d", Long.toString(d.toEpochDay()));
    } else if (value instanceof Instant i) {
      return part("t", micros(i));
    } else if (value instanceof LocalDateTime l) {
      return part("l", micros(l.toInstant(ZoneOffset.UTC)));
    }
    return part("x", HexFormat.of().withUpperCase().formatHex((byte[]) value));
  }

  private static String micros(Instant instant) {
    return Long.toString(instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000);
  }

  private static String part(String letter, String text) {
    return letter + text.getBytes(StandardCharsets.UTF_8).length + ":" + text;
  }

  private static String key(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, 32);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Property(tries = 6, shrinking = ShrinkingMode.OFF)
  void isTheDocumentedHashInEverySession(
      @ForAll("rows") List<Row> rows,
      @ForAll int seed,
      @ForAll("zones") String zone,
      @ForAll boolean ansi) {
    SparkSession session = Given.session();
    session.conf().set("spark.sql.session.timeZone", zone);
    session.conf().set("spark.sql.ansi.enabled", ansi);
    session.conf().set("spark.sql.datetime.java8API.enabled", true);
    session.conf().set("spark.sql.legacy.timeParserPolicy", ansi ? "LEGACY" : "CORRECTED");
    try {
      Dataset<Row> given = Given.rows(SCHEMA, rows, seed);
      List<Row> found = given.select(SurrogateKey.of(given.schema(), COLUMNS)).collectAsList();
      List<String> expected = new ArrayList<>();
      for (Row row : rows) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < COLUMNS.length; i++) {
          text.append(text(row.get(i)));
        }
        expected.add(key(text.toString()));
      }
      assertThat(found)
          .extracting(row -> row.getString(0))
          .containsExactlyInAnyOrderElementsOf(expected);
    } finally {
      session.conf().set("spark.sql.session.timeZone", "UTC");
      session.conf().unset("spark.sql.ansi.enabled");
      session.conf().unset("spark.sql.datetime.java8API.enabled");
      session.conf().unset("spark.sql.legacy.timeParserPolicy");
    }
  }

  @Provide
  Arbitrary<String> zones() {
    return Arbitraries.of("UTC", "America/New_York", "Asia/Kathmandu");
  }

  @Provide
  Arbitrary<List<Row>> rows() {
    Arbitrary<Long> micros =
        Arbitraries.longs()
            .between(-62_135_596_800_000_000L, 253_402_300_799_999_999L)
            .edgeCases(edges -> edges.add(0L, -1L, 1_710_037_800_000_001L));
    Arbitrary<Object> s =
        Arbitraries.strings().ofMaxLength(6).filter(SurrogateKeyTest::isText).map(x -> x);
    Arbitrary<Object> i = Arbitraries.integers().map(x -> x);
    Arbitrary<Object> n = Arbitraries.longs().map(x -> x);
    Arbitrary<Object> d =
        Arbitraries.bigDecimals()
            .between(new BigDecimal("-1e17"), new BigDecimal("1e17"))
            .ofScale(20)
            .edgeCases(edges -> edges.add(new BigDecimal("1e-20"), new BigDecimal("0e-20")))
            .map(x -> x);
    Arbitrary<Object> f =
        Arbitraries.bigDecimals()
            .between(new BigDecimal("-9999999"), new BigDecimal("9999999"))
            .ofScale(2)
            .map(x -> x);
    Arbitrary<Object> b = Arbitraries.of(true, false).map(x -> x);
    Arbitrary<Object> at = micros.map(m -> Instant.EPOCH.plus(m, ChronoUnit.MICROS));
    Arbitrary<Object> wall =
        micros
            .map(
                m ->
                    LocalDateTime.ofInstant(
                        Instant.EPOCH.plus(m, ChronoUnit.MICROS), ZoneOffset.UTC))
            .edgeCases(edges -> edges.add(SKIPPED))
            .map(x -> x);
    Arbitrary<Object> x = Arbitraries.bytes().array(byte[].class).ofMaxSize(4).map(a -> a);
    Arbitrary<Object> day =
        Arbitraries.longs().between(-719_162, 2_932_896).map(LocalDate::ofEpochDay);
    List<Arbitrary<Object>> columns =
        Stream.of(s, i, n, d, f, b, day, at, wall, x)
            .map(column -> column.injectNull(0.1))
            .toList();
    return Combinators.combine(columns)
        .as(values -> RowFactory.create(values.toArray()))
        .list()
        .ofMinSize(1)
        .ofMaxSize(40);
  }

  /** UTF-8 has no half of a pair. */
  private static boolean isText(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  @Example
  void isWhatAnyOtherProgramComputes() {
    assertThat(of("'UA' as a, 1545 as b, cast(null as string) as c"))
        .as("printf 's2:UAn4:1545-' | sha256sum | cut -c1-32")
        .isEqualTo(key("s2:UAn4:1545-"))
        .isEqualTo("af7c6c94904d8e4681c768bcfa17f0b1");
  }

  @Example
  void differentValuesGiveDifferentTexts() {
    assertThat(
            List.of(
                of("'a' as a, 'bc' as b, 'c' as c"),
                of("'ab' as a, 'c' as b, 'c' as c"),
                of("'ab' as a, '' as b, 'cc' as c"),
                of("'ab' as a, cast(null as string) as b, 'cc' as c"),
                of("cast(null as string) as a, 'ab' as b, 'cc' as c"),
                of("'-' as a, 'ab' as b, 'cc' as c"),
                of("'1' as a, 2 as b, 3 as c"),
                of("1 as a, 2 as b, 3 as c"),
                of("true as a, 2 as b, 3 as c"),
                of("'true' as a, 2 as b, 3 as c"),
                of("date'2024-01-01' as a, 2 as b, 3 as c"),
                of("timestamp'2024-01-01' as a, 2 as b, 3 as c"),
                of("timestamp_ntz'2024-01-01' as a, 2 as b, 3 as c")))
        .doesNotHaveDuplicates();
  }

  @Example
  void aNumberIsTheSameInEveryWidth() {
    String one = of("1 as a, 'x' as b, -20 as c");
    assertThat(of("1L as a, 'x' as b, -20S as c")).isEqualTo(one);
    assertThat(of("1.00 as a, 'x' as b, cast(-20 as decimal(38,10)) as c")).isEqualTo(one);
  }

  private static String of(String columns) {
    Dataset<Row> row = Given.session().sql("select " + columns);
    return row.select(SurrogateKey.of(row.schema(), "a", "b", "c")).first().getString(0);
  }

  @Example
  void aFloatHasNoKey() {
    Dataset<Row> row = Given.session().range(1).select(lit(1.5).as("a"));
    assertThatThrownBy(() -> SurrogateKey.of(row.schema(), "a"))
        .hasMessage(
            "Cannot make a key of column a: its values have no single text (type=DOUBLE). Cast it to a"
                + " decimal or a string");
  }
}
