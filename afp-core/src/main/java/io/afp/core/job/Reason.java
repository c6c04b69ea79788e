package io.afp.core.job;

import io.afp.core.definition.Interval;
import java.util.Locale;

/**
 * Why a unit is to be done.
 *
 * @param text what the state does not say; may be empty
 */
record Reason(State state, String text) {

  /** What is wrong with a unit, in one word. */
  enum State {
    /** The table does not have it yet. */
    MISSING,
    /** It was made of something else, or by another definition. */
    STALE,
    /** It is as it should be, and somebody wants it again. */
    RESTATED,
    /** It is as it should be, and what is to be done may bring late rows for it. */
    LOOKBACK;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Reason missing() {
    return new Reason(State.MISSING, "");
  }

  /** The table has none of the files that are there. */
  static Reason missing(String files) {
    return new Reason(State.MISSING, files);
  }

  /** The table does not have it, and there is nothing to make it of. */
  static Reason withoutFile() {
    return new Reason(State.MISSING, "there is no file of it");
  }

  static Reason stale(String text) {
    return new Reason(State.STALE, text);
  }

  static Reason restated() {
    return new Reason(State.RESTATED, "");
  }

  /** By a full refresh of its table. */
  static Reason builtAnew() {
    return new Reason(State.RESTATED, "the table is built anew");
  }

  /** The same, where the rows of files that are not there any more go. */
  static Reason builtAnewWithout(String gone) {
    return new Reason(
        State.RESTATED,
        "the table is built anew, without the rows of %s that are gone".formatted(gone));
  }

  /** It comes before one that is to be done. */
  static Reason lookback(Interval cause, int lookback) {
    return late("late rows of %s (lookback=%d)".formatted(cause.label(), lookback));
  }

  /** It is made of what this run does again for late rows, and of nothing else that is new. */
  static Reason late(String text) {
    return new Reason(State.LOOKBACK, text);
  }

  boolean isLookback() {
    return state == State.LOOKBACK;
  }
}
