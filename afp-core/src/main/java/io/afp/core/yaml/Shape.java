package io.afp.core.yaml;

import java.util.Optional;

/**
 * What a value in YAML may look like, as data.
 *
 * <p>One declaration serves the parser, the JSON Schema and the reference page: the permitted kinds
 * are closed, and each shows what it is made of.
 */
public sealed interface Shape<T>
    permits Scalar, Nullable, Items, Listed, Entries, Fields, Either, Mapped, Placed {

  /** The value, or empty after everything that is wrong with it was reported to its document. */
  Optional<T> read(Value value);

  /** What has to be written here, as the end of the sentence "Write …". */
  String expects();
}
