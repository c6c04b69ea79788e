package io.afp.core.definition;

import java.time.temporal.ChronoUnit;

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

  /** The unit of {@code java.time} that one of these is. */
  public ChronoUnit chrono() {
    return chrono;
  }
}
