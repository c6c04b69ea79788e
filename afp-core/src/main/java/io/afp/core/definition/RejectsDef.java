package io.afp.core.definition;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How many rows of a source may break the contract before the run fails: a breach of either limit
 * does.
 *
 * @param atMost the largest share of rejected rows that is accepted, from 0 to 1
 * @param max the largest number of them that is accepted; empty for any
 */
public record RejectsDef(BigDecimal atMost, OptionalLong max) {

  /** A single rejected row fails the run. */
  public static RejectsDef none() {
    return new RejectsDef(BigDecimal.ZERO, OptionalLong.empty());
  }

  /** Limits as they are declared: where only the number is limited, the share is not. */
  static RejectsDef of(Optional<BigDecimal> atMost, Optional<Long> max) {
    BigDecimal otherwise = max.isPresent() ? BigDecimal.ONE : BigDecimal.ZERO;
    return new RejectsDef(
        atMost.orElse(otherwise), max.map(OptionalLong::of).orElseGet(OptionalLong::empty));
  }

  /** Whether so many rejected rows of so many are accepted. */
  public boolean allows(long rejected, long of) {
    BigDecimal share = atMost.multiply(BigDecimal.valueOf(of));
    return BigDecimal.valueOf(rejected).compareTo(share) <= 0
        && rejected <= max.orElse(Long.MAX_VALUE);
  }
}
