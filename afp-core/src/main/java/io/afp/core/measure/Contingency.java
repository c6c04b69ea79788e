package io.afp.core.measure;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * How often each value of one column stands beside each of another.
 *
 * @param pairs how often each pair occurs, as a text: the number of characters of the first value,
 *     a colon, the first and the second value
 */
record Contingency(Frequencies pairs, Map<String, Long> first, Map<String, Long> second) {

  /** The table of pairs; empty where there were none, or more different ones than are counted. */
  static Optional<Contingency> of(Frequencies pairs) {
    Map<String, Long> first = new TreeMap<>();
    Map<String, Long> second = new TreeMap<>();
    pairs
        .counts()
        .forEach(
            (pair, count) -> {
              first.merge(first(pair), count, Long::sum);
              second.merge(second(pair), count, Long::sum);
            });
    return Optional.of(new Contingency(pairs, first, second)).filter(c -> !first.isEmpty());
  }

  private static String first(String pair) {
    return pair.substring(pair.indexOf(':') + 1, end(pair));
  }

  private static String second(String pair) {
    return pair.substring(end(pair));
  }

  /** Characters as Spark counts them, which has one for each code point. */
  private static int end(String pair) {
    int colon = pair.indexOf(':');
    return pair.offsetByCodePoints(colon + 1, Integer.parseInt(pair.substring(0, colon)));
  }

  /** From 0 to 1; empty where one of the columns has but one value. */
  Optional<Double> cramersV() {
    int freedom = Math.min(first.size(), second.size()) - 1;
    double square = sum(pair -> share(pair) * ratio(pair)) - 1;
    return freedom == 0
        ? Optional.empty()
        : Optional.of(Math.sqrt(Math.max(0, Math.min(1, square / freedom))));
  }

  /** What one value tells of the other, in natural units. */
  double mutualInformation() {
    return Math.max(0, sum(pair -> share(pair) * Math.log(ratio(pair))));
  }

  private double sum(ToDoubleFunction<String> term) {
    return pairs.counts().keySet().stream().mapToDouble(term).sum();
  }

  private double share(String pair) {
    return (double) pairs.counts().get(pair) / pairs.judged();
  }

  /** How much more often the pair occurs than it would if one told nothing of the other. */
  private double ratio(String pair) {
    double alone = (double) first.get(first(pair)) * second.get(second(pair));
    return share(pair) * pairs.judged() * pairs.judged() / alone;
  }
}
