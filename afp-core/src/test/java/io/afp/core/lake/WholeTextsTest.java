package io.afp.core.lake;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.testing.TestSpark;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class WholeTextsTest {

  private static final List<String> REGEXES = List.of("[A-Z]{2}", "a|ab", "[é-ü]+\\d*");

  private final SparkSession session = TestSpark.session();

  private List<Boolean> matches(Stream<String> texts) {
    Dataset<String> rows = session.createDataset(texts.toList(), Encoders.STRING()).repartition(1);
    return rows.select(WholeTexts.match(col("value"), REGEXES))
        .as(Encoders.BOOLEAN())
        .collectAsList();
  }

  @Test
  void aWholeTextMatchesAsJavaSaysIt() {
    Stream<String> texts = Stream.of("AB", "ABC", "ab", "a", "b", "é7", "", "AB\n", "éé");
    assertThat(matches(texts))
        .containsExactlyInAnyOrder(true, false, true, true, false, true, false, false, true);
  }

  @Test
  void whetherATextIsOneOfFewOrOfManyItsAnswerIsTheSame() {
    Random random = new Random(7);
    List<String> few = Stream.of("AB", "ab", "abc", "é7", "x".repeat(100)).toList();
    List<String> texts =
        IntStream.range(0, 40_000)
            .mapToObj(i -> i < 12_000 ? few.get(i % few.size()) : made(random))
            .toList();
    long expected = texts.stream().filter(WholeTextsTest::fits).count();
    assertThat(matches(texts.stream())).hasSize(40_000);
    assertThat(matches(texts.stream()).stream().filter(Boolean::booleanValue))
        .hasSize((int) expected);
  }

  private static String made(Random random) {
    return random
        .ints(random.nextInt(4), 0, 6)
        .mapToObj(i -> "ABaéü1".substring(i, i + 1))
        .reduce("", String::concat);
  }

  private static boolean fits(String text) {
    return REGEXES.stream().anyMatch(regex -> Pattern.matches(regex, text));
  }

  @Test
  void ofNullNothingIsKnown() {
    assertThat(
            session
                .sql("SELECT CAST(NULL AS STRING) AS value")
                .select(WholeTexts.match(col("value"), REGEXES))
                .first()
                .isNullAt(0))
        .isTrue();
  }
}
