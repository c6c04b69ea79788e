package io.afp.core.measure;

import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What was measured before.
 *
 * @param baseline the points that others may be judged by, one of each unit
 * @param acknowledged unusual points that somebody said are right
 * @param since where a new level begins: what was before it says nothing any more
 */
public record History(
    List<Point> baseline, List<Point> acknowledged, Optional<LocalDateTime> since) {

  public History {
    baseline = baseline.stream().sorted(Comparator.comparing(Point::at)).toList();
    acknowledged = List.copyOf(acknowledged);
  }

  /** That of what was never measured. */
  public static History none() {
    return new History(List.of(), List.of(), Optional.empty());
  }

  /** Whether somebody said that this value of this unit is right. */
  boolean isAcknowledged(Point point) {
    return acknowledged.stream().anyMatch(right -> sameUnit(right, point) && same(right, point));
  }

  private static boolean same(Point right, Point point) {
    return Double.compare(right.value(), point.value()) == 0;
  }

  /** The newest of runs without units stands for the next: they do the same once more. */
  private boolean sameUnit(Point right, Point point) {
    boolean newest = baseline.stream().noneMatch(later -> later.at().isAfter(right.at()));
    return point.unit().isEmpty() ? newest : right.isOfSameUnit(point);
  }
}
