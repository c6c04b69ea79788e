package io.afp.core.measure;

import java.util.OptionalDouble;

/**
 * The state of what could not be measured; it is never kept.
 *
 * @param reason what went wrong, in one line
 */
public record Unmeasured(String reason) implements State {

  @Override
  public long judged() {
    return 0;
  }

  @Override
  public OptionalDouble value() {
    return OptionalDouble.empty();
  }

  @Override
  public State plus(State other) {
    return this;
  }
}
