package io.afp.core.yaml;

import java.util.Optional;

/**
 * A key of a mapping.
 *
 * @param name the key
 * @param fallback the value of a field that may be left out; for a required one what stands in for
 *     a value that can't be read, so that the rules that follow report no consequences
 * @param otherwise what holds without the key, for the reference and for editors: the default as it
 *     is written, or a few words; empty when there is nothing to say
 * @param doc what it means, in one line of Markdown for the reference and for editors
 */
public record Field<T>(
    String name,
    Shape<T> shape,
    Presence presence,
    Optional<T> fallback,
    String otherwise,
    String doc) {

  /** Whether a key has to be there. */
  public enum Presence {
    REQUIRED,
    OPTIONAL
  }

  /** A key that has to be there; a mapping without it can't be read. */
  public static <T> Field<T> required(String name, Shape<T> shape, String doc) {
    return new Field<>(name, shape, Presence.REQUIRED, Optional.empty(), "", doc);
  }

  /** A key that may be left out. */
  public static <T> Field<T> optional(String name, Shape<T> shape, String doc) {
    return new Field<>(name, shape, Presence.OPTIONAL, Optional.empty(), "", doc);
  }

  /** A key that may be left out and then has this value. */
  public static <T> Field<T> optional(String name, Shape<T> shape, T value, String doc) {
    return new Field<>(name, shape, Presence.OPTIONAL, Optional.of(value), "", doc);
  }

  /** A key that may be left out, which means the same as to write this text. */
  public static <T> Field<T> withDefault(String name, Scalar<T> shape, String text, String doc) {
    T value = shape.parser().apply(text);
    return new Field<>(name, shape, Presence.OPTIONAL, Optional.of(value), text, doc);
  }

  /** The same field, with words about what holds without it. */
  public Field<T> otherwise(String words) {
    return new Field<>(name, shape, presence, fallback, words, doc);
  }

  /** The same field, with a value that stands in for one that can't be read. */
  public Field<T> standIn(T value) {
    return new Field<>(name, shape, presence, Optional.of(value), otherwise, doc);
  }

  /** Whether a mapping without this key can't be read. */
  public boolean isRequired() {
    return presence == Presence.REQUIRED;
  }

  /** The default as a user would write it; empty when there is none that is a single value. */
  public Optional<String> writtenDefault() {
    boolean isValue = !isRequired() && fallback.isPresent() && shape instanceof Scalar;
    return isValue ? Optional.of(otherwise) : Optional.empty();
  }
}
