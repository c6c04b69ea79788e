package io.afp.core.lake;

import static io.afp.core.lake.Writing.months;
import static io.afp.core.lake.Writing.table;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.afp.core.definition.Interval;
import io.afp.core.definition.TableDef;
import io.afp.core.ledger.Metric;
import io.afp.core.ledger.Results;
import io.afp.core.measure.Counts;
import io.afp.core.measure.Moments;
import io.afp.core.measure.State;
import io.afp.core.testing.TestLake;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** What is known of a whole table without reading it is what a scan of it finds. */
class WholeTableTest {

  private static final TableDef TABLE = table().replaceIntervals("day").build();
  private static final List<Measure> MEASURES =
      List.of(
          Measure.counts("odd", col("id").mod(2).equalTo(1)),
          Measure.extremes("extremes", col("id")),
          Measure.moments("moments", col("id")),
          Measure.distinct("distinct", col("id")),
          Measure.frequencies("frequencies", col("id")));

  private static TestLake lake;

  @BeforeContainer
  static void open() {
    lake = new TestLake();
  }

  @AfterContainer
  static void close() {
    lake.close();
  }

  /**
   * A write of some months.
   *
   * @param months such as {@code 2013-01..2013-03}
   * @param days of the year, on which there are rows
   */
  private record Write(String months, List<Integer> days) {}

  private static final class Observer implements WriteObserver {
    @Override
    public List<Measure> observe(TableDef table, StructType schema) {
      return MEASURES;
    }
  }

  @Property(tries = 5, shrinking = ShrinkingMode.OFF)
  void mergedUnitsAreAScan(@ForAll("writes") @Size(min = 1, max = 5) List<Write> writes) {
    SparkSession session = lake.on(lake.newBranch());
    session.sql("CREATE NAMESPACE core");
    Results results = new Results(lake.database());
    Map<Long, List<State>> scans = new HashMap<>();
    for (Write write : writes) {
      TableWriter.Result result = write(session, write);
      assertThat(result.origin()).isEqualTo("write");
      long snapshot = result.written().snapshotId();
      results.record(TABLE, snapshot, result.metrics(), result.origin());
      scans.put(snapshot, states(Measurement.scan(session.table("core.a"), MEASURES).metrics()));
    }
    WholeTable whole =
        new WholeTable(TABLE, new LakeTables(session).find(TABLE.name()).orElseThrow(), results);
    scans.forEach((snapshot, scan) -> assertSame(whole.asOf(snapshot).metrics(), scan));
  }

  private static List<State> states(List<Metric> metrics) {
    return metrics.stream().map(Metric::state).toList();
  }

  private static void assertSame(Map<String, Metric> whole, List<State> scan) {
    assertThat(whole).as("with the rows").hasSize(MEASURES.size() + 1);
    for (int i = 0; i < scan.size(); i++) {
      State merged = whole.get(MEASURES.get(i).name()).state();
      if (merged instanceof Moments moments) {
        Moments other = (Moments) scan.get(i);
        assertThat(moments.exact()).isEqualTo(other.exact());
        assertThat(moments.m2()).isCloseTo(other.m2(), within(1e-6));
      } else if (merged.judged() > 0) {
        assertThat(merged).isEqualTo(scan.get(i));
      }
    }
  }

  private static TableWriter.Result write(SparkSession session, Write write) {
    Optional<Interval> range = months(write.months());
    Interval months = range.orElseThrow();
    List<String> rows = new ArrayList<>(List.of("select date'2000-01-01' day, 0 id where false"));
    for (int day : write.days()) {
      rows.add("select date_add(date'2013-01-01', %d), %d".formatted(day, day * 7 % 11));
    }
    Dataset<Row> all = session.sql(rows.stream().collect(Collectors.joining(" union all ")));
    Dataset<Row> inside = all.filter(TableWriter.inRange(TABLE, months));
    return new TableWriter(session, Map.of(), List.of(new Observer())).write(TABLE, inside, range);
  }

  @Provide
  Arbitrary<List<Write>> writes() {
    Arbitrary<String> months =
        Arbitraries.of("2013-01", "2013-02", "2013-03", "2013-01..2013-03", "2013-02..2013-03");
    Arbitrary<List<Integer>> days = Arbitraries.integers().between(0, 89).list().ofMaxSize(12);
    return Combinators.combine(months, days).as(Write::new).list();
  }

  @Property(tries = 1)
  void rowsThatWereNotMeasuredMakeTheWholeUnknown() {
    SparkSession session = lake.on(lake.newBranch());
    session.sql("CREATE NAMESPACE core");
    Results results = new Results(lake.database());
    TableWriter.Result first = write(session, new Write("2013-01", List.of(1, 2)));
    results.record(TABLE, first.written().snapshotId(), first.metrics(), first.origin());
    LakeTables tables = new LakeTables(session);
    long before = first.written().snapshotId();
    assertThat(whole(tables, results).asOf(before).metrics().get("rows").state())
        .isEqualTo(new Counts(2, 2));

    session.sql("INSERT INTO core.a VALUES (date'2013-01-09', 5)");
    long now = tables.find(TABLE.name()).orElseThrow().currentSnapshot().snapshotId();
    assertThat(whole(tables, results).asOf(now).unknown())
        .contains("of its 3 rows 2 are known to have been measured when they were written");
    assertThat(whole(tables, results).asOf(now).metrics()).isEmpty();
    assertThat(whole(tables, results).asOf(before).metrics()).as("as of then").isNotEmpty();
  }

  @Property(tries = 1)
  void whatAUnitHasCanBeLeftOut() {
    SparkSession session = lake.on(lake.newBranch());
    session.sql("CREATE NAMESPACE core");
    Results results = new Results(lake.database());
    for (Write write :
        List.of(new Write("2013-01", List.of(1, 2)), new Write("2013-02", List.of(40)))) {
      TableWriter.Result result = write(session, write);
      results.record(TABLE, result.written().snapshotId(), result.metrics(), result.origin());
    }
    LakeTables tables = new LakeTables(session);
    long now = tables.find(TABLE.name()).orElseThrow().currentSnapshot().snapshotId();
    WholeTable whole = whole(tables, results);
    assertThat(whole.besides(now, Set.of("2013-02")).metrics().get("rows").state())
        .isEqualTo(new Counts(2, 2));
    assertThat(whole.besides(now, Set.of("2013-01", "2013-02")))
        .as("nothing is left, and that is known")
        .isEqualTo(new WholeTable.Known(Map.of(), Optional.empty()));
  }

  private static WholeTable whole(LakeTables tables, Results results) {
    return new WholeTable(TABLE, tables.find(TABLE.name()).orElseThrow(), results);
  }
}
