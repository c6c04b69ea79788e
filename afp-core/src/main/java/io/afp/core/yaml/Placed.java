package io.afp.core.yaml;

import io.afp.core.error.Location;
import java.util.Optional;

/**
 * A value together with the place where it is written, for what can be judged only later.
 *
 * @param shape what the value looks like
 */
public record Placed<T>(Shape<T> shape) implements Shape<Placed.At<T>> {

  /** A value and its place. */
  public record At<T>(T value, Location location) {}

  @Override
  public Optional<At<T>> read(Value value) {
    return shape.read(value).map(read -> new At<>(read, value.location()));
  }

  @Override
  public String expects() {
    return shape.expects();
  }
}
