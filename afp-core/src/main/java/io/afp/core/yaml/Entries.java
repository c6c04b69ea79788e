package io.afp.core.yaml;

import io.afp.core.error.ErrorCode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A mapping whose keys the user chooses, in the order in which they are written.
 *
 * @param key what each key looks like
 * @param entry what each value looks like
 */
public record Entries<T>(Scalar<?> key, Shape<T> entry, String expects)
    implements Shape<Map<String, T>> {

  @Override
  public Optional<Map<String, T>> read(Value value) {
    if (!value.isMapping()) {
      value.reportWrong(expects);
      return Optional.empty();
    }
    Map<String, T> read = new LinkedHashMap<>();
    value.entries().forEach((name, each) -> entry(name, each).ifPresent(t -> read.put(name, t)));
    return Optional.of(Collections.unmodifiableMap(read));
  }

  private Optional<T> entry(String name, Value value) {
    key.complaint(name)
        .ifPresent(why -> value.report(ErrorCode.WRONG_VALUE, why, "Choose another name."));
    return entry.read(value);
  }
}
