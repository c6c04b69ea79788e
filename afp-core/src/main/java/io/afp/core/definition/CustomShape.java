package io.afp.core.definition;

import io.afp.core.definition.CheckDef.Custom;
import io.afp.core.yaml.Either;
import io.afp.core.yaml.Entries;
import io.afp.core.yaml.Field;
import io.afp.core.yaml.Fields;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** A class of one's own: its name alone, or with what it is told. */
final class CustomShape {

  private static final Field<Map<String, String>> ARGUMENTS =
      Field.optional(
          "arguments",
          new Entries<>(Scalars.TEXT, Scalars.TEXT, "a mapping such as { country: DE }"),
          Map.of(),
          "What the class is told");

  static final Either<Custom> CHECK =
      shape(
          "io.afp.core.spi.Check",
          "{ class: com.acme.Vat, arguments: { country: DE } }",
          Custom::new);

  static final Either<CustomSourceDef> SOURCE =
      shape(
          "io.afp.core.spi.Source",
          "{ class: com.acme.Rates, arguments: { base: EUR } }",
          (type, arguments) -> new CustomSourceDef(type, arguments, OnChange.RELOAD));

  private CustomShape() {}

  private static <T> Either<T> shape(
      String implemented,
      String expects,
      BiFunction<String, SortedMap<String, String>, T> definition) {
    Field<String> type =
        Field.required(
            "class", Scalars.CLASS, "The class; it implements `%s`".formatted(implemented));
    return new Either<>(
        Scalars.CLASS.as(name -> definition.apply(name, new TreeMap<>())),
        new Fields<>(
            expects,
            List.of(type, ARGUMENTS),
            r -> definition.apply(r.get(type), new TreeMap<>(r.get(ARGUMENTS)))));
  }
}
