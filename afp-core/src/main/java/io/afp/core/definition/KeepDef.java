package io.afp.core.definition;

import java.util.Optional;

/**
 * How long rows that did not get into a table are kept beside it. What is not declared is kept for
 * ever.
 *
 * @param rejects those that broke the contract of a source
 * @param quarantine those that checks kept out
 */
public record KeepDef(Optional<TimeToLive> rejects, Optional<TimeToLive> quarantine) {

  /** Nothing is declared. */
  public static final KeepDef NONE = new KeepDef(Optional.empty(), Optional.empty());

  /** These, and where one is not declared the other's. */
  public KeepDef over(KeepDef other) {
    return new KeepDef(rejects.or(other::rejects), quarantine.or(other::quarantine));
  }
}
