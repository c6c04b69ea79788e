package io.afp.core.measure;

import java.util.Optional;

/** How much a value tells, in natural units. */
final class Entropy {

  private Entropy() {}

  /** That of values; empty where there were none, or more different ones than are counted. */
  static Optional<Double> of(Frequencies found) {
    return found.counts().isEmpty()
        ? Optional.empty()
        : Optional.of(
            found.counts().values().stream()
                .mapToDouble(count -> (double) count / found.judged())
                .map(share -> -share * Math.log(share))
                .map(Math::abs) // that of the only value is 0, and not -0
                .sum());
  }
}
