package io.afp.core.yaml;

import io.afp.core.error.ErrorCode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A mapping whose keys the user chooses, in the order in which they are written.
 *
 * @param entry what each value looks like
 * @param keyComplaint what is wrong with a key; empty when it is fine
 */
public record Entries<T>(
    Shape<T> entry, String expects, Function<String, Optional<String>> keyComplaint)
    implements Shape<Map<String, T>> {

  @Override
  public Optional<Map<String, T>> read(Value value) {
    if (!value.isMapping()) {
      value.reportWrong(expects);
      return Optional.empty();
    }
    Map<String, T> read = new LinkedHashMap<>();
    value.entries().forEach((key, each) -> entry(key, each).ifPresent(t -> read.put(key, t)));
    return Optional.of(Collections.unmodifiableMap(read));
  }

  private Optional<T> entry(String key, Value value) {
    keyComplaint
        .apply(key)
        .ifPresent(why -> value.report(ErrorCode.WRONG_VALUE, why, "Choose another name."));
    return entry.read(value);
  }
}
