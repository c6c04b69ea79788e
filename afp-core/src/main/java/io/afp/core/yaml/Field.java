package io.afp.core.yaml;

import java.util.Optional;

/**
 * A key of a mapping.
 *
 * @param name the key
 * @param fallback the value of a field that may be left out; for a required one what stands in for
 *     a value that can't be read, so that the rules that follow report no consequences
 * @param doc one line for the reference and for editors
 */
public record Field<T>(
    String name, Shape<T> shape, Presence presence, Optional<T> fallback, String doc) {

  /** Whether a key has to be there. */
  public enum Presence {
    REQUIRED,
    OPTIONAL
  }

  /** A key that has to be there; a mapping without it can't be read. */
  public static <T> Field<T> required(String name, Shape<T> shape, String doc) {
    return new Field<>(name, shape, Presence.REQUIRED, Optional.empty(), doc);
  }

  /** A key that may be left out. */
  public static <T> Field<T> optional(String name, Shape<T> shape, String doc) {
    return new Field<>(name, shape, Presence.OPTIONAL, Optional.empty(), doc);
  }

  /** A key that may be left out and then has this value. */
  public static <T> Field<T> optional(String name, Shape<T> shape, T value, String doc) {
    return new Field<>(name, shape, Presence.OPTIONAL, Optional.of(value), doc);
  }

  /** The same field, with a value that stands in for one that can't be read. */
  public Field<T> standIn(T value) {
    return new Field<>(name, shape, presence, Optional.of(value), doc);
  }

  boolean isRequired() {
    return presence == Presence.REQUIRED;
  }
}
