package io.afp.core.definition;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * Between which literals something lies, both included; at least one is present.
 *
 * @param min the smallest that is allowed; empty for any
 * @param max the largest that is allowed; empty for any
 */
public record Bounds(Optional<String> min, Optional<String> max) {

  /** Whether a number lies between them, which are numbers. */
  public boolean allow(BigDecimal number) {
    return min.filter(bound -> number.compareTo(new BigDecimal(bound)) < 0).isEmpty()
        && max.filter(bound -> number.compareTo(new BigDecimal(bound)) > 0).isEmpty();
  }

  @Override
  public String toString() {
    return min.equals(max)
        ? min.orElse("any")
        : "%s to %s".formatted(min.orElse("any"), max.orElse("any"));
  }
}
