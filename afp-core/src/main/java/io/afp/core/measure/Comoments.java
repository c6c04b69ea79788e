package io.afp.core.measure;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How pairs of numbers lie around their means.
 *
 * @param judged how many pairs there were
 * @param x the mean of the first numbers; {@code y} that of the second ones
 * @param xx the sum of the squares of the distances of the first from their mean; {@code yy} that
 *     of the second ones
 * @param xy the sum of the products of both distances
 */
public record Comoments(long judged, double x, double y, double xx, double yy, double xy)
    implements State {

  /** Those of no rows. */
  public static Comoments none() {
    return new Comoments(0, 0, 0, 0, 0, 0);
  }

  /** The correlation of Pearson. */
  @Override
  public OptionalDouble value() {
    return correlation().map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
  }

  /** From -1 to 1; empty where the first or the second numbers are all the same. */
  Optional<Double> correlation() {
    return judged == 0 || xx == 0 || yy == 0
        ? Optional.empty()
        : Optional.of(Math.max(-1, Math.min(1, xy / Math.sqrt(xx) / Math.sqrt(yy))));
  }

  @Override
  public Comoments plus(State other) {
    Comoments b = (Comoments) other;
    if (judged == 0 || b.judged == 0) {
      return judged == 0 ? b : this;
    }
    long n = judged + b.judged;
    double part = (double) b.judged / n;
    double dx = b.x - x;
    double dy = b.y - y;
    double weight = judged * part;
    return new Comoments(
        n,
        x + dx * part,
        y + dy * part,
        xx + b.xx + dx * dx * weight,
        yy + b.yy + dy * dy * weight,
        xy + b.xy + dx * dy * weight);
  }
}
