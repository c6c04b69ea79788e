package io.afp.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.ColumnType.Kind;
import io.afp.core.definition.Interval;
import io.afp.core.definition.IntervalDef;
import io.afp.core.definition.IntervalUnit;
import io.afp.core.definition.ModelDef;
import io.afp.core.testing.TestSpark;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether one query for several intervals gives what a query for each of them gives. */
class SeparableTest {

  private static final Interval DAYS = range("2024-03-01..2024-03-10", IntervalUnit.DAY, "UTC");

  private static SparkSession session;

  @BeforeAll
  static void tables() {
    session = TestSpark.session().newSession();
    table(
        "event",
        """
        select date'2024-03-01' day, timestamp'2024-03-01 07:00:00' at, 'a' kind, 1 n, array(1, 2) parts
        """);
    table("kind", "select 'a' kind, 'A' name, date'2020-01-01' since");
    table("other", "select date'2024-03-01' day, 'a' kind, 1 n");
  }

  private static void table(String name, String rows) {
    Dataset<Row> made = session.sql(rows);
    session.createDataFrame(made.collectAsList(), made.schema()).createOrReplaceTempView(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select day, n from event where day >= :interval_start and day < :interval_end",
        "select day, n from event where :interval_start <= day and :interval_end > day and n > 3",
        "select to_date(at) day, n from event where at >= :interval_start and at < :interval_end",
        "select to_date(at) as day, count(*) n from event where at >= :interval_start group by to_date(at)",
        "select day, max(n) over (partition by kind, day) from event where day >= :interval_start",
        "select distinct day, kind from event where day >= :interval_start",
        "select day, part from event lateral view explode(parts) p as part where day >= :interval_start",
        "select day, name from event left join kind on event.kind = kind.kind where day >= :interval_start",
        "select day, name from kind right join event on event.kind = kind.kind where day >= :interval_start",
        "select day from event where day >= :interval_start and kind in (select kind from kind)",
        "select day from event where day >= :interval_start and n > (select avg(n) from other)",
        "select day, n from event where day >= :interval_start union all select day, n from other where day >= :interval_start",
        "select day, n from event where day >= :interval_start except select day, n from other",
        "with e as (select * from event where day >= :interval_start) select day, n from e where n > 1 order by n",
        "with e as (select day, kind, sum(n) n from event where day >= :interval_start group by day, kind) select e.day, e.n, f.n from e join e f on e.day = f.day",
        "select event.day from event left anti join (select * from other where day >= :interval_start) o on o.kind = event.kind and o.day = event.day",
        "select /*+ broadcast(kind) */ day, name from event, kind where event.kind = kind.kind and day between :interval_start and day",
      })
  void rowsThatStayWithinTheirInterval(String sql) {
    assertThat(obstacle(sql)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "select date_sub(:interval_end, 1) day, count(*) n from event where day >= :interval_start | does more with the ends",
        "select day, datediff(:interval_end, day) age from event where day >= :interval_start      | does more with the ends",
        "select day, n from event where day >= date_sub(:interval_start, 7)                        | does more with the ends",
        "select day, n from event where day = :interval_start                                      | does more with the ends",
        "select day, n from event where day > :interval_start                                      | does more with the ends",
        "select day, n from event where day >= :interval_start or n > 1                            | does more with the ends",
        "select day, n from event where to_date(at) >= :interval_start                             | does more with the ends",
        "select day from event where n > (select count(*) from other where day < :interval_end)    | does more with the ends",
        "select cast(trunc(day, 'MM') as date) as day, sum(n) from event where day < :interval_end group by trunc(day, 'MM') | does more with the ends",
        "select coalesce(day, to_date(at)) day from event where day >= :interval_start and to_date(at) < :interval_end | does more with the ends",
        "select to_date(at) day from event where day >= :interval_start                             | does more with the ends",
        "select make_date(year(day), 1, 1) as day from event where day >= :interval_start           | does more with the ends",
        "select day, datediff(b.e, day) from event cross join (values (:interval_start, :interval_end)) b(s, e) where day >= b.s | does more with the ends",
        "select day from event join range(unix_date(:interval_start), unix_date(:interval_end)) on id = unix_date(day) | does more with the ends",
        "with b as (select :interval_start as s) select day from event where day >= (select s from b) | does more with the ends",
        "select kind, to_date(session_window.start) as day, count(*) n from event group by kind, session_window(at, '30 minutes') | a session may reach",
        "select day from event where kind in (select kind from other where day < :interval_end)    | does more with the ends",
        "with o as (select * from other where day < :interval_end) select day from event where n > (select count(*) from o) | does more with the ends",
        "select max(day) as day, count(*) n from event where day >= :interval_start group by kind  | not grouped by",
        "select day, sum(n) over (partition by kind order by day) from event where day >= :interval_start | a window is not divided",
        "select day, row_number() over (order by at) from event where day >= :interval_start       | a window is not divided",
        "select max(day) over (partition by kind) as day from event where day >= :interval_start   | a window is not divided",
        "select day, n from event where day >= :interval_start order by n limit 3                  | may mix its intervals",
        "select day, n from event tablesample (50 percent) where day >= :interval_start            | may mix its intervals",
        "select day, kind, count(*) n from event group by day, kind with rollup                    | may mix its intervals",
        "select coalesce(event.day, other.day) day from event full join other using (kind)         | without its interval column",
        "select other.day from event left join other using (kind)                                  | without its interval column",
        "select event.day from event join (select * from other where day < :interval_end) o using (kind) | on both sides",
        "select n as day_number from event                                                         | not made of columns",
        "select day, n from event union all select date'2024-03-02', 1                             | not made of columns",
      })
  void rowsThatDependOnOtherIntervals(String sql, String reason) {
    assertThat(obstacle(sql)).get().asString().contains(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "HOUR;  UTC;              at;                                                          true",
        "HOUR;  UTC;              date_trunc('hour', at);                                      true",
        "HOUR;  UTC;              date_trunc('DAY', at);                                       false",
        "HOUR;  UTC;              timestamp(to_date(at));                                      false",
        "DAY;   UTC;              date_trunc('DAY', at);                                       true",
        "DAY;   UTC;              timestamp(to_date(at));                                      true",
        "DAY;   America/New_York; date_trunc('DAY', at);                                       false",
        "DAY;   America/New_York; date_trunc('HOUR', at);                                      false",
        "DAY;   America/New_York; at;                                                          true",
        "MONTH; UTC;              timestamp(trunc(at, 'MM'));                                  true",
        "MONTH; UTC;              timestamp(trunc(at, 'week'));                                false",
        "MONTH; UTC;              timestamp(trunc(at, 'year'));                                false",
        "MONTH; UTC;              at + interval 1 day;                                         false",
      })
  void timesAreCutByNoMoreThanTheUnit(
      IntervalUnit unit, String zone, String time, boolean separable) {
    String text = unit == IntervalUnit.HOUR ? "2024-03-01" : "2024-03..2024-04";
    String sql =
        "select %s as day, count(*) n from event where at >= :interval_start and at < :interval_end group by 1"
            .formatted(time);

    assertThat(obstacle(sql, range(text, unit, zone), Kind.TIMESTAMP).isEmpty())
        .isEqualTo(separable);
  }

  @Test
  void deduplicatedRowsOfAClass() {
    Dataset<Row> rows = session.table("event");
    assertThat(obstacle(rows.dropDuplicates("kind", "day"), DAYS, Kind.DATE)).isEmpty();
    assertThat(obstacle(rows.dropDuplicates("kind"), DAYS, Kind.DATE)).isPresent();
  }

  private static Interval range(String text, IntervalUnit unit, String zone) {
    return Interval.parse(text, new IntervalDef(unit, ZoneId.of(zone)));
  }

  private static Optional<String> obstacle(String sql) {
    return obstacle(sql, DAYS, Kind.DATE);
  }

  /** As a query is judged. */
  private static Optional<String> obstacle(String sql, Interval range, Kind kind) {
    Interval.Bounds bounds = range.boundsFor(kind);
    Map<String, Object> parameters =
        Map.of("interval_start", bounds.start(), "interval_end", bounds.end());
    return Parameters.areInFiltersOnly(parsed(sql))
        ? obstacle(session.sql(sql, parameters), range, kind)
        : Optional.of(Separable.MISUSED);
  }

  private static LogicalPlan parsed(String sql) {
    return SqlQuery.parse(new ModelDef.Query("day.sql", sql)).plan();
  }

  private static Optional<String> obstacle(Dataset<Row> rows, Interval range, Kind kind) {
    return Separable.obstacle(
        rows.queryExecution().analyzed(), "day", range, range.boundsFor(kind));
  }
}
