package io.afp.core.definition;

import java.math.BigDecimal;

/**
 * How many rows of a source may break the contract before the run fails.
 *
 * @param atMost the largest share of rejected rows that is accepted, from 0 to 1
 */
public record RejectsDef(BigDecimal atMost) {

  /** A single rejected row fails the run. */
  public static RejectsDef none() {
    return new RejectsDef(BigDecimal.ZERO);
  }
}
