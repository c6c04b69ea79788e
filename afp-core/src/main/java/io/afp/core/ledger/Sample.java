package io.afp.core.ledger;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A row, or a group of rows, that breaks a check.
 *
 * @param values by column, as text, in order; personal ones are masked. For a group {@link #COUNT}
 *     is the number of its rows
 */
public record Sample(Map<String, String> values) {

  /** No name of a column. */
  public static final String COUNT = "count(*)";

  public Sample {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values)); // may hold null
  }

  /** As a line: {@code id=1, amount=-5.00}. */
  @Override
  public String toString() {
    return values.entrySet().stream()
        .map(value -> value.getKey() + "=" + value.getValue())
        .collect(Collectors.joining(", "));
  }
}
