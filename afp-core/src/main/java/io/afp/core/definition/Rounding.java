package io.afp.core.definition;

import java.util.Locale;

/** What becomes of a number that has more digits behind its point than its decimal. */
public enum Rounding {
  /** It is no value of the column, unless the digits are zeros. */
  REJECT,
  /** It is rounded to the nearest value, half of one away from zero. */
  HALF_UP;

  /** As it is written in a definition. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
