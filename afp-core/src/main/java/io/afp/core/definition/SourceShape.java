package io.afp.core.definition;

import io.afp.core.yaml.Field;
import io.afp.core.yaml.Fields;
import io.afp.core.yaml.Items;
import io.afp.core.yaml.Scalar;
import java.util.List;

/** What {@code from} may hold. */
final class SourceShape {

  private static final Field<String> FILES =
      Field.required(
          "files",
          Scalars.TEXT,
          "A path or glob, relative to the pipeline's folder, with ${interval:pattern} fields");
  private static final Field<String> FORMAT =
      Field.required("format", Scalar.choice(List.of("csv")), "The format of the files")
          .standIn("csv");
  private static final Field<Boolean> HEADER =
      Field.optional(
          "header", Scalar.flag(), true, "Whether the first line of each file names the columns");
  private static final Field<String> DELIMITER =
      Field.optional(
          "delimiter",
          Scalar.parsed("a single character such as \";\"", SourceShape::delimiter),
          ",",
          "The character between fields");
  private static final Field<List<String>> NULL_VALUES =
      Field.optional(
          "null_values",
          new Items<>(Scalar.verbatim("a text"), "a list of texts"),
          List.of(),
          "Texts that stand for null, beside the empty field");

  static final Fields<SourceDef> SHAPE =
      new Fields<>(
          "a mapping such as { files: \"data/*.csv\", format: csv }",
          List.of(FILES, FORMAT, HEADER, DELIMITER, NULL_VALUES),
          r ->
              new SourceDef(
                  r.get(FILES),
                  r.get(FORMAT),
                  r.get(HEADER),
                  r.get(DELIMITER),
                  r.get(NULL_VALUES)));

  private SourceShape() {}

  private static String delimiter(String text) {
    if (text.length() != 1) {
      throw new IllegalArgumentException("'%s' is not a single character".formatted(text));
    }
    return text;
  }
}
