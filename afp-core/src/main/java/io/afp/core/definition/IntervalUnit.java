package io.afp.core.definition;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** The units of time that a pipeline can work on, finest first. */
public enum IntervalUnit {
  HOUR(ChronoUnit.HOURS),
  DAY(ChronoUnit.DAYS),
  MONTH(ChronoUnit.MONTHS),
  YEAR(ChronoUnit.YEARS);

  private final ChronoUnit chrono;

  IntervalUnit(ChronoUnit chrono) {
    this.chrono = chrono;
  }

  /** As definitions call it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The unit of {@code java.time} that one of these is. */
  public ChronoUnit chrono() {
    return chrono;
  }

  /** Where the unit begins that a time lies in. */
  LocalDateTime startOf(LocalDateTime time) {
    return switch (this) {
      case HOUR -> time.truncatedTo(chrono);
      case DAY -> time.toLocalDate().atStartOfDay();
      case MONTH -> time.toLocalDate().withDayOfMonth(1).atStartOfDay();
      case YEAR -> time.toLocalDate().withDayOfYear(1).atStartOfDay();
    };
  }
}
