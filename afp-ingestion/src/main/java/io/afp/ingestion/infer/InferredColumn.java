package io.afp.ingestion.infer;

import java.util.List;
import java.util.Optional;

/**
 * A column as the data suggests it.
 *
 * @param required whether every row has a value
 * @param nulls how many rows have none
 * @param values how many rows have one
 * @param personal why the values may be about a person
 */
record InferredColumn(
    String name,
    TypeChoice choice,
    boolean required,
    long nulls,
    long values,
    Optional<String> personal) {

  /** The same, after the contract has refused some of its values. */
  InferredColumn refused(List<String> samples) {
    return new InferredColumn(name, choice.refused(samples), required, nulls, values, personal);
  }

  /** The same, after the contract has found a row without a value. */
  InferredColumn optional() {
    return new InferredColumn(name, choice, false, nulls, values, personal);
  }

  /** What is known of the type and of nulls, in one line. Values of persons are not shown. */
  String certainty() {
    StringBuilder line = new StringBuilder(choice.certainty());
    if (nulls > 0 && values > 0) {
      line.append("; %,d null (%.1f%%)".formatted(nulls, 100.0 * nulls / (nulls + values)));
    }
    if (!samples().isEmpty()) {
      line.append("; others: ")
          .append(String.join(", ", samples().stream().map(Quoted::of).toList()));
    }
    personal.ifPresent(why -> line.append("; personal? ").append(why).append(": pii: true"));
    return line.toString();
  }

  /** Values that do not have the type that most have. */
  List<String> samples() {
    return personal.isPresent() ? List.of() : choice.others();
  }
}
