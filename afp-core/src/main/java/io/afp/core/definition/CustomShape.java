package io.afp.core.definition;

import io.afp.core.definition.CheckDef.Custom;
import io.afp.core.yaml.Either;
import io.afp.core.yaml.Entries;
import io.afp.core.yaml.Field;
import io.afp.core.yaml.Fields;
import io.afp.core.yaml.Reading;
import io.afp.core.yaml.Scalar;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A class of one's own: its name alone, or with what it is told. */
final class CustomShape {

  private static final Field<Map<String, String>> ARGUMENTS =
      Field.optional(
          "arguments",
          new Entries<>(Scalars.TEXT, Scalars.TEXT, "a mapping such as { country: DE }"),
          Map.of(),
          "What the class is told");

  private static final Field<String> CHECK_CLASS =
      implementing("io.afp.core.spi.Check", Scalars.CLASS);
  private static final Field<String> SOURCE_CLASS =
      implementing("io.afp.core.spi.Source", Scalars.CLASS);

  static final Either<Custom> CHECK =
      new Either<>(
          Scalars.CLASS.as(type -> new Custom(type, new TreeMap<>())),
          new Fields<>(
              "{ class: com.acme.Vat, arguments: { country: DE } }",
              List.of(CHECK_CLASS, ARGUMENTS),
              r -> new Custom(r.get(CHECK_CLASS), arguments(r))));

  static final Either<CustomSourceDef> SOURCE =
      new Either<>(
          Scalars.CLASS.as(type -> new CustomSourceDef(type, new TreeMap<>(), OnChange.RELOAD)),
          new Fields<>(
              "{ class: com.acme.Rates, arguments: { base: EUR } }",
              List.of(SOURCE_CLASS, ARGUMENTS),
              r -> new CustomSourceDef(r.get(SOURCE_CLASS), arguments(r), OnChange.RELOAD)));

  private CustomShape() {}

  private static Field<String> implementing(String type, Scalar<String> name) {
    return Field.required("class", name, "The class; it implements `%s`".formatted(type));
  }

  private static TreeMap<String, String> arguments(Reading r) {
    return new TreeMap<>(r.get(ARGUMENTS));
  }
}
