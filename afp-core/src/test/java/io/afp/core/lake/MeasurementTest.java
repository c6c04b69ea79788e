package io.afp.core.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.udf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.afp.core.lake.Measurement.Measured;
import io.afp.core.measure.Counts;
import io.afp.core.measure.Distinct;
import io.afp.core.measure.Extremes;
import io.afp.core.measure.Frequencies;
import io.afp.core.measure.Moments;
import io.afp.core.measure.Quantiles;
import io.afp.core.measure.State;
import io.afp.core.testing.TestSpark;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.spark.MapOutputTrackerMaster;
import org.apache.spark.SparkEnv;
import org.apache.spark.shuffle.FetchFailedException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.HyperLogLogPlusPlusHelper;
import org.apache.spark.sql.catalyst.util.QuantileSummaries;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import scala.collection.JavaConverters;

/**
 * What is measured on the way is what Spark computes by itself, however often rows are computed.
 */
class MeasurementTest {

  private static final long ROWS = 1_000;

  private SparkSession session;

  @BeforeEach
  void aSessionWithoutACatalog() {
    session = TestSpark.session();
    SparkSession.setActiveSession(session);
  }

  private Dataset<Row> numbers() {
    return session.range(0, ROWS, 1, 4).toDF("id");
  }

  private static List<Measure> ofId() {
    return List.of(Measure.counts("odd", expr("id % 2 = 1")), Measure.moments("sum", col("id")));
  }

  private static void assertCountedOnce(Measured measured) {
    assertThat(measured.rows()).isEqualTo(ROWS);
    assertThat(state(measured, 0)).isEqualTo(new Counts(ROWS / 2, ROWS));
    assertThat(((Moments) state(measured, 1)).exact())
        .isEqualTo(BigDecimal.valueOf(ROWS * (ROWS - 1) / 2));
  }

  private static State state(Measured measured, int i) {
    return measured.metrics().get(i).state();
  }

  private static void compute(Dataset<Row> rows) {
    rows.write().format("noop").mode("overwrite").save();
  }

  private static final AtomicLong calls = new AtomicLong();

  @Test
  void whatIsMeasuredIsNotComputedTwice() {
    calls.set(0);
    UDF1<Long, Long> dear = id -> id + calls.incrementAndGet() % 2;
    Dataset<Row> computed =
        numbers()
            .select(udf(dear, DataTypes.LongType).apply(col("id")).as("id"), col("id").as("b"));
    compute(new Measurement(ofId()).on(computed));
    assertThat(calls).hasValue(ROWS);
  }

  @Test
  void rowsThatASortSamplesFirstAreCountedOnce() {
    Measurement measurement = new Measurement(ofId());
    compute(measurement.on(numbers()).repartitionByRange(3, col("id")).sort("id"));
    assertCountedOnce(measurement.result());
  }

  @Test
  void partsThatOneTaskComputesOneAfterTheOtherAllCount() {
    Measurement measurement = new Measurement(ofId());
    compute(measurement.on(numbers()).coalesce(1));
    assertCountedOnce(measurement.result());
  }

  @Test
  void aTaskOfTheLastStageThatIsRepeatedIsCountedOnce() {
    Measurement measurement = new Measurement(ofId());
    Dataset<Row> shuffled = numbers().repartition(3, col("id"));
    compute(measurement.on(shuffled).filter(failsOnce(false)));
    assertCountedOnce(measurement.result());
  }

  @Test
  void aStageBeforeAShuffleThatIsRepeatedIsCountedOnce() {
    Measurement measurement = new Measurement(ofId());
    Dataset<Row> shuffled = measurement.on(numbers()).repartition(3, col("id"));
    compute(shuffled.filter(failsOnce(true)));
    assertCountedOnce(measurement.result());
  }

  private static final AtomicBoolean failed = new AtomicBoolean();

  /**
   * A condition that holds, but fails for one row the first time.
   *
   * @param lost whether what is before the shuffle has to be done again too
   */
  private static Column failsOnce(boolean lost) {
    failed.set(false);
    UDF1<Long, Boolean> lose =
        id -> {
          if (id == 500 && failed.compareAndSet(false, true)) {
            if (lost) {
              loseAllOfTheShuffle();
            }
            throw new FetchFailedException(null, shuffle(), 0, 0, 0, "it was lost", null);
          }
          return true;
        };
    return udf(lose, DataTypes.BooleanType).asNondeterministic().apply(col("id"));
  }

  private static MapOutputTrackerMaster outputs() {
    return (MapOutputTrackerMaster) SparkEnv.get().mapOutputTracker();
  }

  private static int shuffle() {
    return JavaConverters.asJavaCollection(outputs().shuffleStatuses().keySet()).stream()
        .mapToInt(id -> (Integer) id)
        .max()
        .orElseThrow();
  }

  private static void loseAllOfTheShuffle() {
    for (int map = 0; map < 4; map++) {
      outputs().unregisterMapOutput(shuffle(), map, SparkEnv.get().blockManager().blockManagerId());
    }
  }

  @Test
  void rowsThatAFilterTakesAwayLaterAreMeasuredAndMoreThanAreWritten() {
    Measurement measurement = new Measurement(ofId());
    compute(measurement.on(numbers()).filter("id < 10"));
    assertThat(measurement.result().rows()).isEqualTo(ROWS);
  }

  @Test
  void oneThatFailsDisturbsNeitherTheRowsNorTheOthers() {
    session.conf().set("spark.sql.ansi.enabled", true);
    try {
      List<Measure> measures =
          Stream.concat(
                  ofId().stream(),
                  Stream.of(
                      Measure.counts("broken", expr("10 / (id - 700) > 1")),
                      Measure.extremes("unknown", expr("array(id)"))))
              .toList();
      Measurement measurement = new Measurement(measures);
      assertThat(measurement.on(numbers()).count()).isEqualTo(ROWS);
      assertCountedOnce(measurement.result());
      assertThat(measurement.result().failures().get("broken")).contains("Division by zero");
      assertThat(measurement.result().failures().get("unknown")).contains("ARRAY<BIGINT>");
      assertThat(Measurement.scan(numbers(), measures)).isEqualTo(measurement.result());
    } finally {
      session.conf().unset("spark.sql.ansi.enabled");
    }
  }

  @Test
  void rowsThatSparkKnowsWhileItPlansAreMeasuredToo() {
    Dataset<Row> known = session.sql("select * from values (1L), (2L), (7L) t(id)");
    Measured measured = Measurement.scan(known, ofId());
    assertThat(measured.rows()).isEqualTo(3);
    assertThat(state(measured, 0)).isEqualTo(new Counts(2, 3));
    assertThat(Measurement.scan(known.filter("false"), ofId()).rows()).isZero();
  }

  @Test
  void threeHundredMeasuresAreCompiledByTheJvm() {
    List<Measure> many =
        Stream.iterate(0, i -> i + 1)
            .limit(300)
            .map(i -> Measure.counts("m" + i, expr("id %% %d = 0 or id > %d".formatted(i + 1, i))))
            .toList();
    Measured measured = Measurement.scan(numbers(), many);
    assertThat(state(measured, 299)).isEqualTo(new Counts(701, ROWS)).as("0 and 300 to 999");
  }

  /** Values of all types, among them those that are seldom thought of. */
  private Dataset<Row> values() {
    return numbers()
        .selectExpr(
            "id",
            "if(id % 7 = 0, null, id * 37 % 101 - 50) as l",
            "case id % 50 when 0 then double('NaN') when 1 then double('Infinity') when 2 then -0.0d"
                + " when 3 then 0.0d when 4 then null else (id - 500) / 7d end as d",
            "cast(sin(id) * 1000 as double) as finite",
            "if(id % 5 = 0, null, cast(concat('12345678901234567890123456', id, '.', id % 10) as decimal(38,2))) as big",
            "cast(id * 1.25 as decimal(9,2)) as small",
            "if(id % 9 = 0, null, repeat(char(65 + id % 26), int(id % 4))) as s",
            "date_add(date'1960-01-01', int(id * 17 % 9999)) as day",
            "timestamp_micros(id * 123456789123 - 7) as ts",
            "cast(null as int) as none");
  }

  @Test
  void extremesAreThoseOfSpark() {
    for (String column : List.of("l", "d", "big", "small", "s", "day", "none")) {
      Extremes extremes = (Extremes) one(Measure.extremes("m", col(column)));
      Row spark =
          values()
              .selectExpr(
                  "string(min(%1$s))".formatted(column),
                  "string(max(%1$s))".formatted(column),
                  "count(%1$s)".formatted(column))
              .head();
      assertThat(
              Arrays.asList(
                  extremes.min().orElse(null), extremes.max().orElse(null), extremes.judged()))
          .as(column)
          .isEqualTo(Arrays.asList(spark.getString(0), spark.getString(1), spark.getLong(2)));
    }
    assertThat(((Extremes) one(Measure.extremes("m", col("ts")))).bounds())
        .containsExactly("1969-12-31T23:59:59.999993Z", "1973-11-28T11:15:32.333870Z");
  }

  @Test
  void extremesOfFloatsAreTheirsAndMinusZeroIsZero() {
    Dataset<Row> floats = session.sql("select float(0.1) f, -0.0d d");
    List<Measure> measures =
        List.of(Measure.extremes("f", col("f")), Measure.extremes("d", col("d")));
    Measured measured = Measurement.scan(floats, measures);
    assertThat(((Extremes) state(measured, 0)).max()).contains("0.1");
    assertThat(((Extremes) state(measured, 1)).min()).contains("0.0");
  }

  @Test
  void momentsAreThoseOfSpark() {
    for (String column : List.of("l", "finite", "big", "small", "none")) {
      Moments moments = (Moments) one(Measure.moments("m", col(column)));
      Row spark =
          values()
              .selectExpr(
                  "count(%s)".formatted(column),
                  "avg(double(%s))".formatted(column),
                  "stddev_pop(%s)".formatted(column),
                  "skewness(%s)".formatted(column),
                  "kurtosis(%s)".formatted(column),
                  "sum(cast(%s as decimal(38,2)))".formatted(column))
              .head();
      assertThat(moments.judged()).as(column).isEqualTo(spark.getLong(0));
      if (moments.judged() > 0) {
        double n = moments.judged();
        close(moments.mean(), spark.getDouble(1));
        close(moments.deviation().orElseThrow(), spark.getDouble(2));
        close(Math.sqrt(n) * moments.m3() / Math.pow(moments.m2(), 1.5), spark.getDouble(3));
        close(n * moments.m4() / (moments.m2() * moments.m2()) - 3, spark.getDouble(4));
        if (!column.equals("finite")) {
          assertThat(moments.exact()).as(column).isEqualByComparingTo(spark.getDecimal(5));
        }
      }
    }
  }

  private static void close(double found, double expected) {
    assertThat(found).isCloseTo(expected, within(1e-6 * Math.max(1, Math.abs(expected))));
  }

  @Test
  void sumsThatExceedALongAreExact() {
    Dataset<Row> large = session.range(100).selectExpr("id + 9223372036854775000 as l");
    Moments moments =
        (Moments) state(Measurement.scan(large, List.of(Measure.moments("m", col("l")))), 0);
    assertThat(moments.exact())
        .isEqualTo(
            new BigDecimal("9223372036854775000")
                .multiply(BigDecimal.valueOf(100))
                .add(BigDecimal.valueOf(4950)));
  }

  @Test
  void registersAreThoseOfSpark() {
    for (String column : List.of("l", "d", "big", "small", "s", "day", "ts", "none")) {
      Distinct distinct = (Distinct) one(Measure.distinct("m", col(column)));
      HyperLogLogPlusPlusHelper spark = new HyperLogLogPlusPlusHelper(0.05);
      assertThat(spark.numWords()).isEqualTo(Distinct.WORDS);
      Object[] words = distinct.words().toArray();
      long estimate = spark.query(new GenericInternalRow(words), 0);
      assertThat(estimate)
          .as(column)
          .isEqualTo(
              values().selectExpr("approx_count_distinct(" + column + ", 0.05)").head().getLong(0));
    }
  }

  @Test
  void frequenciesAreThoseOfSpark() {
    Frequencies frequencies = (Frequencies) one(Measure.frequencies("m", col("s")));
    values()
        .filter("s is not null")
        .groupBy("s")
        .count()
        .collectAsList()
        .forEach(
            row ->
                assertThat(frequencies.counts()).containsEntry(row.getString(0), row.getLong(1)));
    assertThat(((Frequencies) one(Measure.frequencies("m", col("id")))).tooMany()).isFalse();
    Dataset<Row> many = session.range(Frequencies.MOST + 1L).toDF("id");
    Measured measured = Measurement.scan(many, List.of(Measure.frequencies("m", col("id"))));
    assertThat(((Frequencies) state(measured, 0)).tooMany()).isTrue();
  }

  @Test
  void quantilesAddUpAsThoseOfSpark() {
    QuantileSummaries left = summary("id < 300");
    QuantileSummaries right = summary("id >= 300");
    Quantiles both = quantiles("id < 300").plus(quantiles("id >= 300"));
    QuantileSummaries spark = left.merge(right);
    assertThat(both.samples())
        .isEqualTo(
            Arrays.stream(spark.sampled())
                .map(s -> new Quantiles.Sample(s.value(), s.g(), s.delta()))
                .toList());
    assertThat(both.judged()).isEqualTo(spark.count());
  }

  @Test
  void whatIsNotANumberIsAboveAllInEachTask() {
    Dataset<Row> numbers = session.range(1, 101, 1, 1).selectExpr("double(id) as n");
    Dataset<Row> none = session.range(0, 50, 1, 1).selectExpr("double('NaN') as n");
    Measured measured =
        Measurement.scan(numbers.union(none), List.of(Measure.quantiles("m", col("n"), 0.001)));
    Quantiles all = (Quantiles) state(measured, 0);
    assertThat(all.at(0.25)).hasValue(38);
    assertThat(all.at(0.5)).hasValue(75);
    assertThat(all.at(1)).hasValue(Double.POSITIVE_INFINITY);
  }

  private Quantiles quantiles(String where) {
    Dataset<Row> rows = values().coalesce(1).filter(where);
    return (Quantiles)
        state(Measurement.scan(rows, List.of(Measure.quantiles("m", col("finite"), 0.01))), 0);
  }

  private QuantileSummaries summary(String where) {
    QuantileSummaries summary =
        new QuantileSummaries(
            QuantileSummaries.defaultCompressThreshold(),
            0.01,
            new QuantileSummaries.Stats[0],
            0,
            false);
    for (Row row : values().coalesce(1).filter(where).select("finite").collectAsList()) {
      summary = summary.insert(row.getDouble(0));
    }
    return summary.compress();
  }

  @Test
  void textsOfMegabytesAreMeasured() {
    Dataset<Row> texts = session.range(2).selectExpr("repeat(string(id), 10000000) as s");
    List<Measure> measures =
        List.of(Measure.extremes("m", col("s")), Measure.distinct("n", col("s")));
    Measured measured = Measurement.scan(texts, measures);
    assertThat(((Extremes) state(measured, 0)).max().orElseThrow()).hasSize(10_000_000);
    assertThat(measured.failures()).isEmpty();
  }

  private State one(Measure measure) {
    return state(Measurement.scan(values(), List.of(measure)), 0);
  }
}
