package io.afp.core.yaml;

import java.util.Optional;

/**
 * A value that may be {@code null} on purpose, which gives an empty one.
 *
 * @param shape what the value looks like otherwise
 */
public record Nullable<T>(Shape<T> shape) implements Shape<Optional<T>> {

  @Override
  public Optional<Optional<T>> read(Value value) {
    return value.isNull() ? Optional.of(Optional.empty()) : shape.read(value).map(Optional::of);
  }

  @Override
  public String expects() {
    return shape.expects() + ", or null";
  }
}
