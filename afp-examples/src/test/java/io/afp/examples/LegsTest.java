package io.afp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.testing.TestSpark;
import io.afp.testing.GivenTables;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** How a model is tested: on a few rows of one's own, without a lake. */
class LegsTest {

  @Test
  void aRotationEndsWhenThePlaneDoesNotLeaveForSixHours() {
    assertThat(
            legs(
                "('N1', 1, '10:00', 0, '11:00', 5)",
                "('N1', 2, '16:00', 0, null, null)",
                "('N1', 3, '22:01', 0, null, null)",
                "('N2', 4, '16:00', 0, null, null)"))
        .extracting(
            leg -> "%d: leg %d".formatted(leg.<Integer>getAs("flight"), leg.<Integer>getAs("leg")))
        .containsExactly("1: leg 1", "2: leg 2", "3: leg 1", "4: leg 1");
  }

  @Test
  void aLegKnowsTheLastLandingOfItsPlane() {
    assertThat(
            legs(
                "('N1', 1, '10:00', 0, '11:30', 30)",
                "('N1', 2, '12:00', 9, '14:45', 45)",
                "('N1', 3, '16:00', 9, null, null)",
                "('N2', 4, '16:00', 9, null, null)"))
        .extracting(leg -> leg.getAs("landed_late_min"))
        .containsExactly(null, 30, 45, null);
  }

  @Test
  void aPlaneThatLeavesBeforeItHasLandedIsMarked() {
    assertThat(legs("('N1', 1, '10:00', 0, '13:00', 0)", "('N1', 2, '12:00', 0, '13:30', 0)"))
        .extracting(leg -> leg.getAs("still_flying"))
        .containsExactly(false, true);
  }

  private static List<Row> legs(String... departures) {
    SparkSession session = TestSpark.session();
    Dataset<Row> flights =
        session.sql(
            """
            select tailnum, flight, 'XX' as carrier, 'JFK' as origin, 'BOS' as dest, date'2013-01-01' as flight_date,
                   timestamp('2013-01-01 ' || left_at) as sched_dep_at, timestamp('2013-01-01 ' || left_at) as dep_at,
                   dep_delay_min, timestamp('2013-01-01 ' || landed_at) as arr_at, arr_delay_min, false as cancelled,
                   arr_delay_min is null as diverted
              from values %s as t(tailnum, flight, left_at, dep_delay_min, landed_at, arr_delay_min)
            """
                .formatted(String.join(", ", departures)));
    return new Legs()
        .rows(GivenTables.of(session, Map.of("core.flight", flights)))
        .orderBy("flight")
        .collectAsList();
  }
}
