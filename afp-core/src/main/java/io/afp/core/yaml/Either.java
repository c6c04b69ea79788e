package io.afp.core.yaml;

import java.util.Optional;

/**
 * A single word or a list for all, or a mapping that says it one by one.
 *
 * @param word what is written where no mapping is
 * @param mapping its keys
 */
public record Either<T>(Shape<T> word, Fields<T> mapping) implements Shape<T> {

  @Override
  public Optional<T> read(Value value) {
    if (value.isMapping()) {
      return mapping.read(value);
    }
    if (word instanceof Scalar && value.text().isEmpty()) {
      value.reportWrong(expects());
      return Optional.empty();
    }
    return word.read(value);
  }

  @Override
  public String expects() {
    return word.expects() + ", or " + mapping.expects();
  }
}
