package io.afp.quality;

import static io.afp.core.definition.CheckBuilder.between;
import static io.afp.core.definition.CheckBuilder.key;
import static io.afp.core.definition.CheckBuilder.matches;
import static io.afp.core.definition.CheckBuilder.references;
import static io.afp.core.definition.CheckBuilder.required;
import static io.afp.core.definition.CheckBuilder.rule;
import static io.afp.quality.QualityFixture.table;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazon.deequ.analyzers.Analyzer;
import com.amazon.deequ.analyzers.ApproxCountDistinct;
import com.amazon.deequ.analyzers.Completeness;
import com.amazon.deequ.analyzers.Compliance;
import com.amazon.deequ.analyzers.Distance;
import com.amazon.deequ.analyzers.KLLSketch;
import com.amazon.deequ.analyzers.Maximum;
import com.amazon.deequ.analyzers.PatternMatch;
import com.amazon.deequ.analyzers.RatioOfSums;
import com.amazon.deequ.analyzers.ScanShareableAnalyzer;
import com.amazon.deequ.analyzers.Size;
import com.amazon.deequ.analyzers.StandardDeviation;
import com.amazon.deequ.analyzers.Uniqueness;
import com.amazon.deequ.analyzers.runners.AnalysisRunBuilder;
import com.amazon.deequ.analyzers.runners.AnalysisRunner;
import com.amazon.deequ.comparison.ReferentialIntegrity;
import com.amazon.deequ.metrics.BucketDistribution;
import com.amazon.deequ.metrics.BucketValue;
import com.amazon.deequ.metrics.Metric;
import io.afp.core.definition.TableDef;
import io.afp.core.lake.Measure;
import io.afp.core.lake.Measurement;
import io.afp.core.ledger.Verdict;
import io.afp.core.measure.Extremes;
import io.afp.core.measure.Moments;
import io.afp.core.measure.Quantiles;
import io.afp.core.measure.State;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.aggregate.HashAggregateExec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import scala.Function1;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.collection.immutable.Nil$;
import scala.util.matching.Regex;

/**
 * Where AFP gives another answer than Deequ, or the same one cheaper; the list of docs/quality.md.
 */
@ExtendWith(LakeExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings({"rawtypes", "unchecked"}) // Scala's generics do not survive the way to Java
class DeequDifferencesTest {

  private QualityFixture quality;

  @BeforeAll
  void open(TestLake lake) {
    quality = new QualityFixture(lake);
  }

  private Dataset<Row> rows(String query) {
    return quality.session().sql(query);
  }

  private static Metric deequ(Analyzer analyzer, Dataset<Row> rows) {
    return analyzer.calculate(rows, Option.empty(), Option.empty(), Option.empty());
  }

  private static double share(Analyzer analyzer, Dataset<Row> rows) {
    return (double) deequ(analyzer, rows).value().get();
  }

  private static State state(Dataset<Row> rows, Measure measure) {
    return Measurement.scan(rows, List.of(measure)).metrics().get(0).state();
  }

  private Verdict verdict(TableDef table, String query) {
    return quality.verdict(table, query);
  }

  private static Seq<String> seq(String... values) {
    return JavaConverters.asScalaBuffer(List.of(values)).toList();
  }

  private static Compliance compliance(String predicate, Option<String> where) {
    return new Compliance(
        "c", predicate, where, (scala.collection.immutable.List) Nil$.MODULE$, Option.empty());
  }

  @Test
  void theLargestNumberKeepsItsDigits() {
    Dataset<Row> rows = rows("select 9007199254740993L n");
    assertThat(share(new Maximum("n", Option.empty(), Option.empty()), rows))
        .isEqualTo(9007199254740992d);
    assertThat(((Extremes) state(rows, Measure.extremes("m", col("n")))).max())
        .contains("9007199254740993");
  }

  @Test
  void quantilesOfNumbersThatAreNoInts() {
    Dataset<Row> rows = rows("select 3000000000L n");
    BucketDistribution found =
        (BucketDistribution) deequ(new KLLSketch("n", Option.empty()), rows).value().get();
    assertThat(found.buckets().head().lowValue()).isEqualTo(Integer.MAX_VALUE);
    Quantiles quantiles = (Quantiles) state(rows, Measure.quantiles("m", col("n"), 0.01));
    assertThat(quantiles.samples().get(0).value()).isEqualTo(3e9);
  }

  @Test
  void spreadIsThatOfASample() {
    Dataset<Row> rows = rows("select * from values (1), (3) t(n)");
    assertThat(share(new StandardDeviation("n", Option.empty()), rows)).isEqualTo(1);
    TableDef table = table(t -> t.column("n", "int", c -> c.check(rule("variance", List.of("2")))));
    assertThat(verdict(table, "select * from values (1), (3) t(n)").message())
        .isEqualTo("the variance is 2, allowed is 2");
  }

  @Test
  void anEmptyBucketIsNotInfinitelyFarAway() {
    assertThat(Distance.populationStabilityIndex(buckets(3, 3), buckets(6, 0))).isInfinite();
    Map<String, Object> half = Map.of("of", Map.of("a", "50%"), "at_most", "1");
    TableDef table =
        table(t -> t.column("k", "string", c -> c.check(rule("population_stability_index", half))));
    assertThat(verdict(table, "select 'a' k from range(6)").message())
        .isEqualTo("the population stability index is 1.0993 of 6 rows, allowed is 1");
  }

  private static scala.collection.immutable.List buckets(long first, long second) {
    return JavaConverters.asScalaBuffer(
            List.of(new BucketValue(0, 1, first), new BucketValue(1, 2, second)))
        .toList();
  }

  @Test
  void sumsThatAreMeasuredBesideOthersAreTheirOwn() {
    Dataset<Row> rows = rows("select 1d a, 4d b");
    RatioOfSums ratio = new RatioOfSums("a", "b", Option.empty());
    assertThat(share(ratio, rows)).isEqualTo(0.25);
    AnalysisRunBuilder fusing =
        AnalysisRunner.onData(rows)
            .addAnalyzer((Analyzer) new Completeness("a", Option.empty(), Option.empty()))
            .addAnalyzer((Analyzer) ratio);
    Metric fused = (Metric) fusing.run().metric((Analyzer) ratio).get();
    assertThat(fused.value().isSuccess() && fused.value().get().equals(0.25)).isFalse();
    List<Measure> both = List.of(Measure.moments("a", col("a")), Measure.moments("b", col("b")));
    assertThat(Measurement.scan(rows, both).metrics())
        .extracting(metric -> ((Moments) metric.state()).mean())
        .containsExactly(1d, 4d);
  }

  @Test
  void aPatternIsThatOfTheWholeValueAndNullIsNotJudged() {
    Regex pattern = new Regex("[ab]*", seq());
    String query = "select * from values ('ab'), ('abc'), (''), (cast(null as string)) t(s)";
    PatternMatch deequ = new PatternMatch("s", pattern, Option.empty(), Option.empty());
    assertThat(share(deequ, rows(query))).as("two that match in part").isEqualTo(0.5);
    Verdict verdict =
        verdict(table(t -> t.column("s", "string", c -> c.check(matches("[ab]*")))), query);
    assertThat(List.of(verdict.rowsJudged(), verdict.rowsFailed())).containsExactly(3L, 1L);
  }

  @Test
  void nullIsNotJudgedByRulesAboutValues() {
    String query = "select * from values (1), (null) t(n)";
    assertThat(share(compliance("n >= 1", Option.empty()), rows(query))).isEqualTo(0.5);
    TableDef table = table(t -> t.column("n", "int", c -> c.check(between("1", "2"))));
    assertThat(verdict(table, query))
        .returns(1L, Verdict::rowsJudged)
        .returns(Verdict.Status.PASSED, Verdict::status);
  }

  @Test
  void rowsThatReferToNothingAreCountedAsRows() {
    quality.session().sql("create table core.ids as select 1 id");
    String query = "select * from values (1), (9), (9), (9) t(id)";
    List<Object> ratio = new ArrayList<>();
    Function1<Object, Object> keep = ratio::add;
    Dataset<Row> others = quality.session().table("core.ids");
    ReferentialIntegrity.subsetCheck(rows(query), seq("id"), others, seq("id"), keep);
    assertThat(ratio).as("one value of four rows").containsExactly(0.75);
    TableDef table = table(t -> t.column("id", "int", c -> c.check(references("core.ids.id"))));
    assertThat(verdict(table, query).rowsFailed()).isEqualTo(3);
  }

  @Test
  void aVerdictOnNoRowsSaysSo() {
    String none = "select 1 n where false";
    Completeness deequ = new Completeness("n", Option.empty(), Option.empty());
    assertThat(deequ(deequ, rows(none)).value().isFailure()).as("an empty table").isTrue();
    TableDef table = table(t -> t.column("n", "int", c -> c.check(required().where("n > 5"))));
    for (String query : List.of(none, "select 1 n")) {
      assertThat(verdict(table, query))
          .returns(Verdict.Status.SKIPPED, Verdict::status)
          .returns(0L, Verdict::rowsJudged)
          .satisfies(v -> assertThat(v.message()).startsWith("0 of 0 rows where `n > 5`"));
    }
  }

  @Test
  void oneRegisterOfDistinctValuesTakesAllOutOfGeneratedCodeForDeequ() {
    Dataset<Row> rows = rows("select id from range(9)");
    List<Column> columns = new ArrayList<>(functions(new Size(Option.empty())));
    assertThat(isGenerated(rows, columns)).isTrue();
    columns.addAll(functions(new ApproxCountDistinct("id", Option.empty())));
    assertThat(isGenerated(rows, columns)).isFalse();
  }

  private static List<Column> functions(ScanShareableAnalyzer analyzer) {
    return JavaConverters.seqAsJavaList((Seq<Column>) analyzer.aggregationFunctions());
  }

  private static boolean isGenerated(Dataset<Row> rows, List<Column> columns) {
    Column[] more = columns.subList(1, columns.size()).toArray(Column[]::new);
    SparkPlan plan = rows.agg(columns.get(0), more).queryExecution().sparkPlan();
    return ((HashAggregateExec) plan).supportCodegen();
  }

  @Test
  void eachKeyIsTwoJobsForDeequAndAllAreOneHere() throws Exception {
    TableDef table =
        table(
            t -> t.column("a", "long").column("b", "long").key("a").check(key("b").named("other")));
    String query = "select id a, id * 7 b from range(90)";
    quality.anew().write(table, query);
    Dataset<Row> written = quality.session().table("core.t");
    int deequ =
        jobs(
            () ->
                AnalysisRunner.onData(written)
                    .addAnalyzer(
                        (Analyzer) new Uniqueness(seq("a"), Option.empty(), Option.empty()))
                    .addAnalyzer(
                        (Analyzer) new Uniqueness(seq("b"), Option.empty(), Option.empty()))
                    .run());
    assertThat(deequ).isGreaterThanOrEqualTo(4);
    assertThat(jobs(() -> quality.judge(table))).isEqualTo(1);
  }

  private int jobs(Runnable action) throws Exception {
    AtomicInteger jobs = new AtomicInteger();
    SparkListener counting =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart start) {
            jobs.incrementAndGet();
          }
        };
    quality.session().sparkContext().addSparkListener(counting);
    try {
      action.run();
      quality.session().sparkContext().listenerBus().waitUntilEmpty();
    } finally {
      quality.session().sparkContext().removeSparkListener(counting);
    }
    return jobs.get();
  }
}
