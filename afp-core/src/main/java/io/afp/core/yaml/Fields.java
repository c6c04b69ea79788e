package io.afp.core.yaml;

import io.afp.core.error.ErrorCode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A mapping with known keys.
 *
 * @param fields its keys; the only ones that are allowed
 * @param exactlyOneOf keys of which one has to be there and no more; empty when there is no such
 *     choice
 * @param build makes the value of what was read
 */
public record Fields<T>(
    String expects, List<Field<?>> fields, List<String> exactlyOneOf, Function<Reading, T> build)
    implements Shape<T> {

  public Fields {
    fields = List.copyOf(fields);
    exactlyOneOf = List.copyOf(exactlyOneOf);
  }

  /** A mapping with these keys. */
  public Fields(String expects, List<Field<?>> fields, Function<Reading, T> build) {
    this(expects, fields, List.of(), build);
  }

  @Override
  public Optional<T> read(Value value) {
    if (!value.isMapping()) {
      value.reportWrong(expects);
      return Optional.empty();
    }
    reportUnknown(value);
    Reading reading = Reading.of(fields, value);
    boolean chosen = exactlyOneOf.isEmpty() || hasChosen(reading, value);
    return Optional.of(reading).filter(r -> chosen && r.isComplete()).map(build);
  }

  private List<String> known() {
    return fields.stream().map(Field::name).toList();
  }

  private boolean hasUnknown(Value value) {
    return !known().containsAll(value.entries().keySet());
  }

  private void reportUnknown(Value value) {
    List<String> known = known();
    value.entries().entrySet().stream()
        .filter(entry -> !known.contains(entry.getKey()))
        .forEach(entry -> reportUnknown(entry.getKey(), entry.getValue(), known));
  }

  private static void reportUnknown(String key, Value value, List<String> known) {
    value.report(
        ErrorCode.UNKNOWN_KEY,
        "'%s' is not a known key".formatted(key),
        Nearest.fix(key, known, "Known keys: %s.".formatted(String.join(", ", known))));
  }

  private boolean hasChosen(Reading reading, Value value) {
    List<String> chosen = exactlyOneOf.stream().filter(reading.keys()::contains).toList();
    if (chosen.size() == 1) {
      return reading.isRead(chosen.get(0));
    }
    if (chosen.isEmpty() && hasUnknown(value)) {
      return false; // the unknown key is reported, and is probably the one that is missing
    }
    String choices = String.join(", ", exactlyOneOf);
    String why =
        chosen.isEmpty()
            ? "none of %s is there".formatted(choices)
            : "%s are there together".formatted(String.join(", ", chosen));
    ErrorCode code = chosen.isEmpty() ? ErrorCode.MISSING_KEY : ErrorCode.CONTRADICTION;
    value.report(code, why, "Write exactly one of %s.".formatted(choices));
    return false;
  }
}
