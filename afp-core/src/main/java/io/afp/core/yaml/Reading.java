package io.afp.core.yaml;

import io.afp.core.error.ErrorCode;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What was read from one mapping with known keys. */
public final class Reading {

  private final List<Field<?>> fields;
  private final Map<String, Value> entries;
  private final Map<String, Object> values = new HashMap<>();

  private Reading(List<Field<?>> fields, Map<String, Value> entries) {
    this.fields = fields;
    this.entries = entries;
  }

  static Reading of(List<Field<?>> fields, Value value) {
    Reading reading = new Reading(fields, value.entries());
    fields.forEach(field -> reading.read(field, value));
    return reading;
  }

  private void read(Field<?> field, Value value) {
    Value entry = entries.get(field.name());
    if (entry != null) {
      field.shape().read(entry).ifPresent(read -> values.put(field.name(), read));
    } else if (field.isRequired()) {
      value.report(
          ErrorCode.MISSING_KEY,
          "the key '%s' is missing".formatted(field.name()),
          "Add '%s': %s.".formatted(field.name(), field.shape().expects()));
    }
  }

  /** The value of a field that is required or has a default. */
  public <T> T get(Field<T> field) {
    return find(field).orElseThrow();
  }

  /** The value of a field, or its fallback. */
  @SuppressWarnings("unchecked") // only the shape of this field puts values under its name
  public <T> Optional<T> find(Field<T> field) {
    return Optional.ofNullable((T) values.get(field.name())).or(field::fallback);
  }

  /** The keys that the user wrote. */
  public Set<String> keys() {
    return Collections.unmodifiableSet(entries.keySet());
  }

  boolean isRead(String name) {
    return values.containsKey(name);
  }

  boolean isComplete() {
    return fields.stream().filter(Field::isRequired).allMatch(f -> find(f).isPresent());
  }
}
