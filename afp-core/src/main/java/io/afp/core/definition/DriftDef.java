package io.afp.core.definition;

import java.util.Locale;
import java.util.Optional;

/**
 * What happens when a source has other columns than are declared.
 *
 * @param newColumns of columns that are in the source and not declared
 * @param missingColumns of columns that are declared and not in the source; a required one is
 *     always an error. Empty for what suits the source
 * @param widenedTypes of columns whose type in the source is wider than the declared one
 * @param reorderedColumns of columns that come in another order than before
 */
public record DriftDef(
    Policy newColumns,
    Optional<Policy> missingColumns,
    Policy widenedTypes,
    Policy reorderedColumns) {

  /** What a table without {@code drift} does: nothing is loaded that is not declared. */
  static final DriftDef STANDARD =
      new DriftDef(Policy.DISCARD, Optional.empty(), Policy.DISCARD, Policy.DISCARD);

  /** What is done with one kind of difference. */
  public enum Policy {
    /** The table follows the source. */
    EVOLVE,
    /** The run fails before it writes. */
    FREEZE,
    /** The table stays as it is declared. */
    DISCARD;

    /** As it is written in a definition. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The same for all kinds. */
  static DriftDef of(Policy all) {
    return new DriftDef(all, Optional.of(all), all, all);
  }

  /** Whether the table may get other columns than are declared. */
  public boolean evolves() {
    return newColumns == Policy.EVOLVE || widenedTypes == Policy.EVOLVE;
  }
}
