package io.afp.core.definition;

/** What a source does with rows of one load that have the same key. */
public enum Duplicates {
  /** The check of the key judges them. */
  CHECK,
  /** One of them is loaded, the others are rejected. */
  REJECT
}
