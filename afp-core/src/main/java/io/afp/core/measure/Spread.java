package io.afp.core.measure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * Where values lie, and how far the next of them may be away by chance.
 *
 * @param middle where the values lie that the next one is compared with
 * @param deviation the standard deviation of the next value from there: of values around their
 *     middle, and of the middle itself, which a few values do not tell exactly
 * @param freedom how sure the deviation is, as degrees of freedom of Student's distribution
 */
record Spread(double middle, double deviation, double freedom) {

  /** Half of normal values are no further from the middle than so many standard deviations. */
  private static final double HALF = 0.6744897501960817;

  /** Three quarters are no further than so many. */
  private static final double THREE_QUARTERS = 1.1503493803760083;

  /** As sure as the standard deviation of so many times as few values. */
  private static final double EFFICIENCY_OF_MEDIAN_DISTANCE = 0.37;

  /**
   * Of values in groups that lie at different places but spread alike, such as days of the week.
   *
   * @param own the values that the next one is compared with
   * @param groups all values, also those
   */
  static Spread ofMeans(List<Double> own, Collection<List<Double>> groups) {
    double squares = 0;
    int freedom = 0;
    for (List<Double> group : groups) {
      double mean = mean(group);
      squares += group.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
      freedom += group.size() - 1;
    }
    double deviation = freedom == 0 ? 0 : Math.sqrt(squares / freedom);
    double ofMean = 1.0 / own.size();
    return new Spread(mean(own), deviation * Math.sqrt(1 + ofMean), Math.max(1, freedom));
  }

  /** The same by medians, which a few values that lie far away do not move. */
  static Spread ofMedians(List<Double> own, Collection<List<Double>> groups) {
    List<Double> distances = new ArrayList<>();
    int freedom = 0;
    for (List<Double> group : groups) {
      distances.addAll(distancesFromMedian(group));
      freedom += group.size() - 1;
    }
    double ofMedian = Math.PI / 2 / own.size();
    return new Spread(
        median(own),
        deviation(distances) * Math.sqrt(1 + ofMedian),
        Math.max(1, EFFICIENCY_OF_MEDIAN_DISTANCE * freedom));
  }

  /** By three quarters where half of the values are the same; 0 where these are the same too. */
  private static double deviation(List<Double> distances) {
    if (distances.isEmpty()) {
      return 0;
    }
    double half = median(distances) / HALF;
    return half > 0 ? half : sorted(distances)[distances.size() * 3 / 4] / THREE_QUARTERS;
  }

  /** Without the smallest: the median was chosen to be near a value. */
  private static List<Double> distancesFromMedian(List<Double> group) {
    double median = median(group);
    List<Double> distances =
        new ArrayList<>(group.stream().map(value -> Math.abs(value - median)).toList());
    Collections.sort(distances);
    return distances.subList(1, distances.size());
  }

  /** How far the next value may be away, at so many standard deviations of a normal one. */
  double reach(double deviations) {
    return deviation == 0 ? 0 : deviation * Student.quantile(deviations, freedom);
  }

  static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  static double median(List<Double> values) {
    double[] sorted = sorted(values);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  private static double[] sorted(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }
}
