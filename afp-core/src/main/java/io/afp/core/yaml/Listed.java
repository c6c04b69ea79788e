package io.afp.core.yaml;

import java.util.List;
import java.util.Optional;

/**
 * A list that may be written as a single value, which is then its only item.
 *
 * @param list what it looks like otherwise
 */
public record Listed<T>(Items<T> list, String expects) implements Shape<List<T>> {

  @Override
  public Optional<List<T>> read(Value value) {
    return value.isList() ? list.read(value) : list.item().read(value).map(List::of);
  }
}
