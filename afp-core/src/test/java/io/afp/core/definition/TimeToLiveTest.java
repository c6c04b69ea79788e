package io.afp.core.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeToLiveTest {

  private static final long YEAR_2400 = 13_569_465_600L;

  @ParameterizedTest
  @CsvSource({
    "P1D, 2024-03-01T00:00:00Z, 2024-02-29T00:00:00Z",
    "P1M, 2024-03-31T12:00:00Z, 2024-02-29T12:00:00Z",
    "P1Y, 2024-02-29T00:00:00Z, 2023-02-28T00:00:00Z",
    "P1DT6H, 2024-03-02T00:00:00Z, 2024-02-29T18:00:00Z",
    "PT0.001S, 2024-01-01T00:00:00Z, 2023-12-31T23:59:59.999Z",
    "P1D, 2024-04-01T00:30:00Z, 2024-03-31T00:30:00Z",
    "P1000Y, 2024-01-01T00:00:00Z, 1024-01-01T00:00:00Z"
  })
  void countsBackInTheCalendarOfUtc(String text, Instant now, Instant limit) {
    assertThat(TimeToLive.parse(text).limit(now)).contains(limit);
  }

  @Test
  void foreverHasNoLimit() {
    assertThat(TimeToLive.parse("forever").limit(Instant.now())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "P0D",
        "PT0S",
        "P-1D",
        "P1001Y",
        "P2147483647Y",
        "P2147483647D",
        "PT9999999999H",
        "90 days",
        "",
        "Forever"
      })
  void whatKeepsNothingOrIsNoSpanIsRefused(String text) {
    assertThatThrownBy(() -> TimeToLive.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"P90D", "P1Y", "PT12H", "P1DT6H", "forever"})
  void isWrittenAsItIsRead(String text) {
    assertThat(TimeToLive.parse(text)).hasToString(text);
  }

  /** A row as old as it is kept stays; one that is a moment older goes. */
  @Property
  void daysAreOf24HoursToTheMicrosecond(
      @ForAll @LongRange(min = 0, max = YEAR_2400) long second,
      @ForAll @IntRange(max = 999_999) int micro,
      @ForAll @IntRange(min = 1, max = 3_000) int days) {
    Instant now = Instant.ofEpochSecond(second, micro * 1_000L);
    Instant limit = TimeToLive.parse("P%dD".formatted(days)).limit(now).orElseThrow();

    assertThat(limit.plusSeconds(days * 86_400L)).isEqualTo(now);
  }

  /** A month before the 30th and one before the 31st of March are both the end of February. */
  @Property
  void asTimeGoesOnTheLimitDoesToButForTheDaysThatAShorterMonthLacks(
      @ForAll @LongRange(min = 0, max = YEAR_2400) long second,
      @ForAll @LongRange(min = 0, max = 40_000_000) long later,
      @ForAll @IntRange(min = 1, max = 60) int months) {
    TimeToLive kept = TimeToLive.parse("P%dM".formatted(months));
    Instant now = Instant.ofEpochSecond(second);

    assertThat(kept.limit(now.plusSeconds(later)).orElseThrow())
        .isAfter(kept.limit(now).orElseThrow().minus(Duration.ofDays(1)));
    assertThat(kept.limit(now).orElseThrow().atZone(ZoneOffset.UTC).toLocalTime())
        .isEqualTo(now.atZone(ZoneOffset.UTC).toLocalTime());
  }

  @Test
  void aTableDecidesBeforeTheProject() {
    Optional<TimeToLive> month = Optional.of(TimeToLive.parse("P1M"));
    Optional<TimeToLive> ever = Optional.of(TimeToLive.parse("forever"));
    KeepDef project = new KeepDef(month, month);

    assertThat(new KeepDef(ever, Optional.empty()).over(project))
        .isEqualTo(new KeepDef(ever, month));
    assertThat(KeepDef.NONE.over(KeepDef.NONE)).isEqualTo(KeepDef.NONE);
  }
}
