package io.afp.core.measure;

import io.afp.core.definition.AnomalyDef.Quantity;
import io.afp.core.definition.CheckDef;
import java.util.Optional;
import java.util.OptionalDouble;

/** The numbers that states are looked at by, in histories. */
public final class Quantities {

  private Quantities() {}

  /** The number that the history of a check has; empty when the state has none. */
  public static OptionalDouble of(CheckDef check, State state) {
    if (check.rule() instanceof CheckDef.Anomaly anomaly) {
      return of(anomaly.watched().of(), state);
    }
    if (check.rule() instanceof CheckDef.Rows) {
      return of(Quantity.ROWS, state);
    }
    return Figure.of(check.rule(), state).value();
  }

  /** A quantity of what was measured for it; empty when no row was judged. */
  static OptionalDouble of(Quantity quantity, State state) {
    if (quantity == Quantity.ROWS) {
      return OptionalDouble.of(((Counts) state).matches());
    }
    if (state.judged() == 0) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(
        switch (quantity) {
          case ROWS, COMPLETENESS, MEAN -> state.value().orElseThrow();
          case SUM -> ((Moments) state).sum();
          case DEVIATION -> ((Moments) state).deviation().orElseThrow();
          case MIN -> number(((Extremes) state).min());
          case MAX -> number(((Extremes) state).max());
        });
  }

  private static double number(Optional<String> value) {
    return Double.parseDouble(value.orElseThrow());
  }

  /** Bounds that go no further than a quantity can. */
  static Bounds possible(Quantity quantity, Bounds bounds) {
    return switch (quantity) {
      case ROWS, DEVIATION -> bounds.within(0, Double.POSITIVE_INFINITY);
      case COMPLETENESS -> bounds.within(0, 1);
      case MEAN, SUM, MIN, MAX -> bounds;
    };
  }
}
