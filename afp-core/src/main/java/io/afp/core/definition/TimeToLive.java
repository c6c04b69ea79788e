package io.afp.core.definition;

import io.afp.core.definition.PipelineDef.Freshness;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * How long something is kept: for a span of time, or for ever. Days, months and years are those of
 * the calendar in UTC.
 *
 * @param span longer than nothing, and at most a thousand years; empty for ever
 */
public record TimeToLive(Optional<Freshness> span) {

  private static final String FOREVER = "forever";
  private static final int MOST_MONTHS = 12_000;

  /**
   * Reads {@code P90D}, {@code P1Y}, {@code PT12H} or {@code forever}.
   *
   * @throws IllegalArgumentException with the reason, if it is none of these
   */
  public static TimeToLive parse(String text) {
    return new TimeToLive(
        text.equals(FOREVER) ? Optional.empty() : Optional.of(span(text, Scalars.freshness(text))));
  }

  private static Freshness span(String text, Freshness span) {
    if (span.days().isZero() && span.time().isZero()) {
      throw new IllegalArgumentException("'%s' keeps nothing".formatted(text));
    }
    if (span.days().toTotalMonths() > MOST_MONTHS
        || span.days().getDays() / 28 > MOST_MONTHS
        || span.time().toDays() / 28 > MOST_MONTHS) {
      throw new IllegalArgumentException("'%s' is longer than a thousand years".formatted(text));
    }
    return span;
  }

  /**
   * What is older than this is kept no longer; what is of this very moment still is. Empty where
   * all is kept.
   */
  public Optional<Instant> limit(Instant now) {
    return span.map(s -> now.atZone(ZoneOffset.UTC).minus(s.days()).minus(s.time()).toInstant());
  }

  /** As it is declared. */
  @Override
  public String toString() {
    return span.map(Freshness::toString).orElse(FOREVER);
  }
}
