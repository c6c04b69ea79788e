package io.afp.ingestion.infer;

import io.afp.core.definition.ColumnType.Kind;
import io.afp.core.definition.FieldName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A column as the data suggests it.
 *
 * @param field the name of the field of the source
 * @param complete whether every row has a value
 * @param required whether that is so often seen, or otherwise so sure, that it is to be declared
 * @param nulls how many rows have none
 * @param values how many rows have one
 * @param few all of the values, where there are only a few different ones; else empty
 * @param personal why the values may be about a person
 */
record InferredColumn(
    String name,
    String field,
    TypeChoice choice,
    boolean complete,
    boolean required,
    long nulls,
    long values,
    List<String> few,
    Optional<String> personal) {

  /** The field that has to be named, because the column has another name. */
  Optional<String> from() {
    return Optional.of(field).filter(given -> !FieldName.plain(given).equals(name));
  }

  /** The same of a field of another name. */
  InferredColumn readFrom(String other) {
    return new InferredColumn(
        name, other, choice, complete, required, nulls, values, few, personal);
  }

  /** The same, after the contract has refused some of its values. */
  InferredColumn refused(List<String> samples) {
    return new InferredColumn(
        name, field, choice.refused(samples), complete, required, nulls, values, few, personal);
  }

  /** The same, after the contract has found a row without a value. */
  InferredColumn optional() {
    return new InferredColumn(name, field, choice, false, false, nulls, values, few, personal);
  }

  /** What is known of the type and of nulls, in one line. Values of persons are not shown. */
  String certainty() {
    StringBuilder line = new StringBuilder(choice.certainty());
    if (nulls > 0 && values > 0) {
      line.append("; %,d null (%.1f%%)".formatted(nulls, 100.0 * nulls / (nulls + values)));
    }
    if (!allowed().isEmpty()) {
      line.append("; only %d different: in: [%s]?".formatted(allowed().size(), list(allowed())));
    }
    if (!samples().isEmpty()) {
      line.append("; others: ")
          .append(String.join(", ", samples().stream().map(Quoted::of).toList()));
    }
    if (complete && !required) {
      line.append("; none missing, required?");
    }
    personal.ifPresent(why -> line.append("; personal? ").append(why).append(": pii: true"));
    return line.toString();
  }

  private static String list(List<String> values) {
    return values.stream().map(Quoted::ifNeeded).collect(Collectors.joining(", "));
  }

  /** Texts that may be all that are allowed. */
  List<String> allowed() {
    boolean isText = choice.type().kind() == Kind.STRING && choice.others().isEmpty();
    return isText && personal.isEmpty() ? few : List.of();
  }

  /** Values that do not have the type that most have. */
  List<String> samples() {
    return personal.isPresent() ? List.of() : choice.others();
  }
}
