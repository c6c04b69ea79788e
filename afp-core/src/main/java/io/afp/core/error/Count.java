package io.afp.core.error;

import java.util.Locale;

/** A number of things, in words. */
public final class Count {

  private Count() {}

  /**
   * Such as {@code 1 row} and {@code 1,458 rows}.
   *
   * @param one a thing whose plural ends with s
   */
  public static String of(long number, String one) {
    return String.format(Locale.ROOT, "%,d %s", number, noun(number, one));
  }

  /** All of them: such as {@code the only row} and {@code all 1,458 rows}. */
  public static String all(long number, String one) {
    return number == 1 ? "the only " + one : "all " + of(number, one);
  }

  /** The word alone. */
  public static String noun(long number, String one) {
    return number == 1 ? one : one + "s";
  }
}
