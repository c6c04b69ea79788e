package io.afp.core.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A list of values of one shape.
 *
 * @param item what each of them looks like
 */
public record Items<T>(Shape<T> item, String expects) implements Shape<List<T>> {

  @Override
  public Optional<List<T>> read(Value value) {
    if (!value.isList()) {
      value.reportWrong(expects);
      return Optional.empty();
    }
    List<T> read = new ArrayList<>();
    for (Value each : value.items()) {
      item.read(each).ifPresentOrElse(read::add, each::markUnread);
    }
    return Optional.of(List.copyOf(read));
  }
}
