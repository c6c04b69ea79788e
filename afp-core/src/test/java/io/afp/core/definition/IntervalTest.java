package io.afp.core.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntervalTest {

  private static final IntervalDef MONTHS = calendar(IntervalUnit.MONTH, "UTC");
  private static final IntervalDef DAYS = calendar(IntervalUnit.DAY, "America/New_York");

  private static IntervalDef calendar(IntervalUnit unit, String zone) {
    return new IntervalDef(unit, ZoneId.of(zone));
  }

  private static List<String> labels(List<Interval> intervals) {
    return intervals.stream().map(Interval::label).toList();
  }

  @Test
  void aMomentLiesInOneUnitOfTheCalendarOfTheZone() {
    Instant moment = Instant.parse("2013-02-01T04:59:59Z");
    assertThat(Interval.at(moment, DAYS).label()).as("still January there").isEqualTo("2013-01-31");
    assertThat(Interval.at(moment, MONTHS).label()).isEqualTo("2013-02");
    assertThat(Interval.at(moment, calendar(IntervalUnit.YEAR, "UTC")).label()).isEqualTo("2013");
    assertThat(Interval.at(moment, calendar(IntervalUnit.HOUR, "UTC")).label())
        .isEqualTo("2013-02-01T04");
  }

  @Test
  void theUnitsBeforeAnIntervalEndWhereItStarts() {
    Interval march = Interval.parse("2013-03..2013-05", MONTHS);
    assertThat(labels(march.before(2))).containsExactly("2013-01", "2013-02");
    assertThat(labels(Interval.parse("2013-03-11", DAYS).before(2)))
        .as("over the change of the clock")
        .containsExactly("2013-03-09", "2013-03-10");
  }

  @Test
  void anIntervalContainsItsUnitsAndNoneThatIsPartlyOutside() {
    Interval spring = Interval.parse("2013-03..2013-05", MONTHS);
    assertThat(spring.units()).allMatch(spring::contains);
    assertThat(spring.contains(Interval.parse("2013-05..2013-06", MONTHS))).isFalse();
    assertThat(spring.contains(Interval.parse("2013-02", MONTHS))).isFalse();
  }

  @Test
  void theUnitsOfAnotherCalendarCoverAnInterval() {
    assertThat(Interval.parse("2013-02-05", DAYS).in(MONTHS).label()).isEqualTo("2013-02");
    assertThat(Interval.parse("2013-02-28", DAYS).in(MONTHS).label())
        .as("it ends in March of UTC")
        .isEqualTo("2013-02..2013-03");
    assertThat(Interval.parse("2013-02", MONTHS).in(DAYS).label())
        .as("it begins in January of New York")
        .isEqualTo("2013-01-31..2013-02-28");
  }

  @Test
  void aDayThatBeginsAtOneIsFollowedByOneThatBeginsAtMidnight() {
    IntervalDef days = calendar(IntervalUnit.DAY, "America/Sao_Paulo");
    Interval short23Hours = Interval.parse("2018-11-04", days);
    assertThat(short23Hours.start()).isEqualTo("2018-11-04T03:00:00Z");
    assertThat(short23Hours.end()).isEqualTo("2018-11-05T02:00:00Z");
    assertThat(short23Hours.boundsFor(ColumnType.Kind.TIMESTAMP_NTZ))
        .as("whole days, for tables are partitioned by them")
        .isEqualTo(
            new Interval.Bounds(
                LocalDateTime.parse("2018-11-04T00:00"), LocalDateTime.parse("2018-11-05T00:00")));
    assertThat(Interval.parse("2018-11-03..2018-11-06", days).units())
        .containsExactly(
            Interval.parse("2018-11-03", days),
            short23Hours,
            Interval.parse("2018-11-05", days),
            Interval.parse("2018-11-06", days));
  }

  @Test
  void aDayThatAZoneLeftOutIsNone() {
    IntervalDef days = calendar(IntervalUnit.DAY, "Pacific/Apia");
    assertThat(labels(Interval.parse("2011-12-29..2011-12-31", days).units()))
        .containsExactly("2011-12-29", "2011-12-31");
  }
}
