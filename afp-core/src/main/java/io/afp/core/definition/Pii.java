package io.afp.core.definition;

/** What happens with the values of a column because they are personal. */
public enum Pii {
  /** They are not personal. */
  FALSE,
  /** They are written as they are, and never shown in reports. */
  TRUE,
  /** A keyed hash is written in their place; equal values have equal hashes, in all tables. */
  HASH,
  /** The same stars are written in place of each of them. */
  MASK,
  /** The column is read and judged, and never written. */
  DROP;

  /** What stands in place of a personal value, wherever one is not shown or not written. */
  public static final String HIDDEN = "******";

  /** Whether the values themselves are written nowhere. */
  public boolean isKeptOut() {
    return this == HASH || this == MASK || this == DROP;
  }
}
