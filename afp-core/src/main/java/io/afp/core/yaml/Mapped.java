package io.afp.core.yaml;

import io.afp.core.error.ErrorCode;
import java.util.Optional;
import java.util.function.Function;

/**
 * A value that is made of another one and may refuse it.
 *
 * @param shape what is written
 * @param expects what has to be written, where that is more than the shape says
 * @param mapper makes the value; an {@link IllegalArgumentException} says what is wrong
 */
public record Mapped<S, T>(Shape<S> shape, String expects, Function<S, T> mapper)
    implements Shape<T> {

  @Override
  public Optional<T> read(Value value) {
    return shape.read(value).flatMap(read -> map(value, read));
  }

  private Optional<T> map(Value value, S read) {
    try {
      return Optional.of(mapper.apply(read));
    } catch (IllegalArgumentException e) {
      value.report(ErrorCode.WRONG_VALUE, e.getMessage(), "Write " + expects + ".");
      return Optional.empty();
    }
  }
}
