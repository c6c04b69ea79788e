package io.afp.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazon.deequ.analyzers.ApproxCountDistinct;
import com.amazon.deequ.analyzers.Completeness;
import io.afp.core.definition.CheckBuilder;
import io.afp.core.definition.TableDef;
import io.afp.core.lake.Measure;
import io.afp.core.lake.Measurement;
import io.afp.core.ledger.Metric;
import io.afp.core.ledger.Verdict;
import io.afp.core.measure.Counts;
import io.afp.core.measure.Distinct;
import io.afp.core.testing.TestLake;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/** What is measured in a write is what plain SQL counts. */
class ObservedCountsTest {

  private static final StructType SCHEMA =
      StructType.fromDDL("id int, name string, price decimal(6,2), day date");

  private static final TableDef TABLE =
      TableDef.named("core.t")
          .sql("select 1")
          .column("id", "int", c -> c.required().check(CheckBuilder.between("2", "6")))
          .column("name", "string", c -> c.check(CheckBuilder.in("it's", "a\\b", "é")))
          .column("price", "decimal(6,2)", c -> c.check(CheckBuilder.upTo("1.5")))
          .column("day", "date", c -> c.check(CheckBuilder.from("2024-01-02")))
          .key("id", "name")
          .check(CheckBuilder.sql("price > id").named("dear"))
          .build();

  /** For each check: the rows that obey, and those that are judged. */
  private static final Map<String, String> PLAIN =
      Map.of(
          "core.t.id.required", "count(id), count(*)",
          "core.t.id.between", "count_if(id >= 2 and id <= 6), count(id)",
          "core.t.name.in", "count_if(name in ('it\\'s', 'a\\\\b', 'é')), count(name)",
          "core.t.price.between", "count_if(price <= 1.5), count(price)",
          "core.t.day.between", "count_if(day >= date'2024-01-02'), count(day)",
          "dear", "count_if(price > id), count(price > id)");

  private static TestLake lake;
  private static QualityFixture quality;

  @BeforeContainer
  static void open() {
    lake = new TestLake();
    quality = new QualityFixture(lake);
  }

  @AfterContainer
  static void close() {
    lake.close();
  }

  @Tag("long")
  @Property(tries = 12, shrinking = ShrinkingMode.OFF)
  void areThoseOfPlainSqlManyTimes(@ForAll("tables") List<Row> rows) {
    areThoseOfPlainSql(rows);
  }

  @Property(tries = 2, shrinking = ShrinkingMode.OFF)
  void areThoseOfPlainSql(@ForAll("tables") List<Row> rows) {
    Dataset<Row> data = quality.session().createDataFrame(rows, SCHEMA).repartition(2).cache();
    quality.anew().write(TABLE, data);
    assertThat(quality.origin()).as("measured in the write").isEqualTo("write");

    data.createOrReplaceTempView("plain");
    PLAIN.forEach(
        (check, counts) -> {
          Row plain = quality.session().sql("select " + counts + " from plain").head();
          assertThat(quality.metrics().get(check).state())
              .as(check)
              .isEqualTo(new Counts(plain.getLong(0), plain.getLong(1)));
        });
    assertKey();
    assertDeequ(data);
  }

  private static void assertKey() {
    Verdict key =
        quality.judge(TABLE).stream()
            .filter(v -> v.check().name().equals("core.t.key"))
            .findFirst()
            .orElseThrow();
    Row plain =
        quality
            .session()
            .sql(
                """
                select count(*), count_if(n > 1 or id is null or name is null)
                  from (select *, count(*) over (partition by id, name) n from plain)
                """)
            .head();
    assertThat(List.of(key.rowsJudged(), key.rowsFailed()))
        .as("the key")
        .isEqualTo(List.of(plain.getLong(0), plain.getLong(1)));
  }

  /** The share that Deequ finds in a pass of its own. */
  private static void assertDeequ(Dataset<Row> data) {
    Metric required = quality.metrics().get("core.t.id.required");
    if (required.judged() > 0) {
      Completeness completeness =
          Completeness.apply("id", scala.Option.empty(), scala.Option.empty());
      Object share =
          completeness
              .calculate(data, scala.Option.empty(), scala.Option.empty(), scala.Option.empty())
              .value()
              .get();
      assertThat((double) share).isEqualTo((double) required.matches() / required.judged());
      assertDistinct(data);
    }
  }

  /** The registers that Deequ fills in a pass of its own. */
  private static void assertDistinct(Dataset<Row> data) {
    for (String column : data.columns()) {
      ApproxCountDistinct deequ = new ApproxCountDistinct(column, scala.Option.empty());
      Distinct found =
          (Distinct)
              Measurement.scan(data, List.of(Measure.distinct("m", functions.col(column))))
                  .metrics()
                  .get(0)
                  .state();
      long[] words = deequ.computeStateFrom(data, scala.Option.empty()).get().words();
      assertThat(found.words()).as(column).isEqualTo(Arrays.stream(words).boxed().toList());
    }
  }

  @Provide
  Arbitrary<List<Row>> tables() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 8).injectNull(0.2),
            Arbitraries.of("it's", "a\\b", "é", "x", "").injectNull(0.2),
            Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, BigDecimal.TEN)
                .ofScale(2)
                .injectNull(0.2),
            Arbitraries.integers().between(1, 5).map(d -> LocalDate.of(2024, 1, d)).injectNull(0.2))
        .as((id, name, price, day) -> RowFactory.create(id, name, price, day))
        .list()
        .ofMaxSize(30);
  }
}
