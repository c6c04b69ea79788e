package io.afp.transform.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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

class AsOfJoinTest {

  private static final String LEFT = "id int, place string, at timestamp_ntz";
  private static final String RIGHT = "seen timestamp_ntz, place string, temp double";

  /** The hours go over the night in which New York skips one. */
  private static final LocalDateTime START = LocalDateTime.of(2024, 3, 9, 20, 0);

  /**
   * How the join is made.
   *
   * @param tolerance in hours; may be null
   */
  record Options(Integer tolerance, boolean strict) {

    AsOfJoin join() {
      AsOfJoin join = AsOfJoin.on("place").times("at", "seen");
      join = tolerance == null ? join : join.within(Duration.ofHours(tolerance));
      return strict ? join.strictlyBefore() : join;
    }

    boolean finds(Row left, Row right) {
      LocalDateTime at = left.getAs(2);
      LocalDateTime seen = right.getAs(0);
      if (at == null || seen == null || left.isNullAt(1) || !left.get(1).equals(right.get(1))) {
        return false;
      }
      boolean before = strict ? seen.isBefore(at) : !seen.isAfter(at);
      return before && (tolerance == null || !seen.isBefore(at.minusHours(tolerance)));
    }
  }

  /** The documented order of the right: time, then all columns. */
  private static final Comparator<Row> ORDER =
      Comparator.comparing((Row row) -> row.<LocalDateTime>getAs(0))
          .thenComparing(
              row -> row.<Double>getAs(2), Comparator.nullsFirst(Comparator.naturalOrder()));

  @Property(tries = 12, shrinking = ShrinkingMode.OFF)
  void isWhatALoopOverAllPairsFinds(
      @ForAll("lefts") List<Row> left,
      @ForAll("rights") List<Row> right,
      @ForAll("options") Options options,
      @ForAll int seed) {
    SparkSession session = Given.session();
    session.conf().set("spark.sql.session.timeZone", "America/New_York");
    try {
      Dataset<Row> joined =
          options.join().of(Given.rows(LEFT, left, seed), Given.rows(RIGHT, right, seed + 1));
      assertThat(joined.columns()).containsExactly("id", "place", "at", "seen", "temp");
      assertThat(Given.texts(joined)).isEqualTo(Given.texts(expected(left, right, options)));
    } finally {
      session.conf().set("spark.sql.session.timeZone", "UTC");
    }
  }

  private static List<Row> expected(List<Row> left, List<Row> right, Options options) {
    List<Row> rows = new ArrayList<>();
    for (Row l : left) {
      Optional<Row> found = right.stream().filter(r -> options.finds(l, r)).max(ORDER);
      rows.add(
          RowFactory.create(
              l.get(0),
              l.get(1),
              l.get(2),
              found.map(r -> r.get(0)).orElse(null),
              found.map(r -> r.get(2)).orElse(null)));
    }
    return rows;
  }

  @Provide
  Arbitrary<Options> options() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 4).injectNull(0.3), Arbitraries.of(true, false))
        .as(Options::new);
  }

  @Provide
  Arbitrary<List<Row>> lefts() {
    return Combinators.combine(Arbitraries.integers().between(0, 3), places(), times())
        .as((id, place, at) -> RowFactory.create(id, place, at))
        .list()
        .ofMinSize(0)
        .ofMaxSize(60);
  }

  @Provide
  Arbitrary<List<Row>> rights() {
    Arbitrary<Double> temp = Arbitraries.of(0.0, -0.0, 1.5, Double.NaN).injectNull(0.2);
    return Combinators.combine(times(), places(), temp)
        .as((at, place, t) -> RowFactory.create(at, place, t))
        .list()
        .ofMinSize(0)
        .ofMaxSize(60);
  }

  private static Arbitrary<String> places() {
    return Arbitraries.of("EWR", "JFK", "LGA").injectNull(0.15);
  }

  private static Arbitrary<LocalDateTime> times() {
    return Arbitraries.integers().between(0, 12).map(START::plusHours).injectNull(0.1);
  }

  @Example
  void theTimeMayBeOfAnyTypeThatHasAnOrder() {
    for (List<String> times :
        List.of(
            List.of("date'2024-01-03'", "date'2024-01-02'", "date'2024-01-05'"),
            List.of("timestamp'2024-01-03'", "timestamp'2024-01-02'", "timestamp'2024-01-05'"),
            List.of("3", "2", "5"))) {
      Dataset<Row> left = Given.session().sql("select 1 as k, %s as at".formatted(times.get(0)));
      Dataset<Row> right =
          Given.session()
              .sql(
                  "select * from values (1, %s, 'x'), (1, %s, 'y') t(k, seen, v)"
                      .formatted(times.get(1), times.get(2)));
      assertThat(AsOfJoin.on("k").times("at", "seen").of(left, right).first().getString(3))
          .isEqualTo("x");
    }
  }

  @Example
  void aToleranceIsElapsedTimeAlsoWhereTheClockJumps() {
    Dataset<Row> left = Given.session().sql("select 1 as k, timestamp'2024-03-10 07:30:00Z' as at");
    Dataset<Row> right =
        Given.session().sql("select 1 as k, timestamp'2024-03-10 06:30:00Z' as seen");
    Given.session().conf().set("spark.sql.session.timeZone", "America/New_York");
    try {
      AsOfJoin join = AsOfJoin.on("k").times("at", "seen");
      assertThat(join.within(Duration.ofHours(1)).of(left, right).first().isNullAt(2)).isFalse();
      assertThat(join.within(Duration.ofMinutes(59)).of(left, right).first().isNullAt(2)).isTrue();
    } finally {
      Given.session().conf().set("spark.sql.session.timeZone", "UTC");
    }
  }

  @Example
  void manyRowsOfAKeyAreSortedAndNotCompared() {
    SparkSession session = Given.session();
    Dataset<Row> left = session.range(200_000).selectExpr("id % 2 as k", "id as at");
    Dataset<Row> right =
        session.range(200_000).selectExpr("id % 2 as k", "id - 2 as seen", "id as v");
    Dataset<Row> joined = AsOfJoin.on("k").times("at", "seen").of(left, right);
    assertThat(joined.queryExecution().executedPlan().toString()).doesNotContain("Join");
    assertThat(joined.where("v = least(at + 2, 199998 + at % 2)").count()).isEqualTo(200_000);
  }

  @Example
  void whatCanNotBeDoneIsSaid() {
    Dataset<Row> left = Given.session().sql("select 1 as k, timestamp'2024-01-01' as at, 1 as v");
    Dataset<Row> right = Given.session().sql("select 1L as k, date'2024-01-01' as seen, 2 as v");
    assertThatThrownBy(() -> AsOfJoin.on("k").times("at", "seen").of(left, right))
        .hasMessage(
            "Cannot join as of: at and seen are of different types (left=TIMESTAMP, right=DATE). Cast"
                + " one of them");
    assertThatThrownBy(() -> AsOfJoin.on("k").times("v", "v").of(left, right))
        .hasMessageContaining("k and k are of different types (left=INT, right=BIGINT)");
    assertThatThrownBy(() -> AsOfJoin.on("k").times("at", "at").of(left, left))
        .hasMessage(
            "Cannot add columns: the rows have columns of these names (columns=at, v). Rename them"
                + " before");
    assertThatThrownBy(
            () ->
                AsOfJoin.on("k")
                    .times("v", "v")
                    .within(Duration.ofHours(1))
                    .of(left, left.withColumnRenamed("at", "seen")))
        .hasMessage(
            "Cannot measure time by column v: it is neither a date nor a timestamp (type=INT)");
  }
}
