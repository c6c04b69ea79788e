package io.afp.core.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.measure.Counts;
import io.afp.core.testing.TestSpark;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.In;
import org.junit.jupiter.api.Test;

class AmongTextsTest {

  private static final int MOST_CHARACTERS = 12;

  private final Random random = new Random(5);

  /** Of few different characters, one of them zero and one of two bytes, so that many are alike. */
  private String text() {
    return random
        .ints(random.nextInt(MOST_CHARACTERS), 0, 3)
        .mapToObj(i -> "\0aé".substring(i, i + 1))
        .reduce(random.nextBoolean() ? "aaaaaaaa" : "", String::concat);
  }

  private Column among(boolean withNull) {
    Stream<Object> texts = IntStream.range(0, 1 + random.nextInt(9)).mapToObj(i -> text());
    return col("value").isin(Stream.concat(texts, nulls(withNull)).toArray());
  }

  private static Stream<Object> nulls(boolean some) {
    return some ? Stream.of((Object) null) : Stream.empty();
  }

  @Test
  void whatIsMeasuredIsWhatSparkCounts() {
    List<String> texts = new ArrayList<>(IntStream.range(0, 2_000).mapToObj(i -> text()).toList());
    texts.set(7, null);
    Dataset<Row> rows = TestSpark.session().createDataset(texts, Encoders.STRING()).toDF();
    List<Column> conditions = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Column among = among(i % 5 == 0);
      conditions.add(i % 2 == 0 ? among : not(among));
    }
    List<Measure> measures =
        IntStream.range(0, conditions.size())
            .mapToObj(i -> Measure.counts("condition " + i, conditions.get(i)))
            .toList();
    List<Counts> measured =
        Measurement.scan(rows, measures).metrics().stream()
            .map(metric -> (Counts) metric.state())
            .toList();
    Column[] counts =
        conditions.stream()
            .flatMap(condition -> Stream.of(count(when(condition, 1)), count(condition)))
            .toArray(Column[]::new);
    Row counted = rows.agg(lit(0), counts).first();
    for (int i = 0; i < conditions.size(); i++) {
      assertThat(measured.get(i))
          .as(conditions.get(i).toString())
          .isEqualTo(new Counts(counted.getLong(1 + 2 * i), counted.getLong(2 + 2 * i)));
    }
    assertThat(measured).anyMatch(some -> some.matches() > 0);
  }

  @Test
  void onlyTextsThatAreAllKnownAreAskedForAnotherWay() {
    assertThat(AmongTexts.asked(in("a", "b")).toString()).contains("[a, b]").contains("has");
    assertThat(AmongTexts.asked(in("a", null))).isInstanceOf(In.class);
  }

  private static In in(Object... texts) {
    return (In) col("value").cast("string").isin(texts).expr();
  }
}
