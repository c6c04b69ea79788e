package io.afp.core.definition;

import io.afp.core.yaml.Field;
import io.afp.core.yaml.Fields;
import io.afp.core.yaml.Items;
import io.afp.core.yaml.Scalar;
import java.util.List;
import java.util.regex.Pattern;

/** What {@code from} may hold. */
final class SourceShape {

  private static final Field<String> FILES =
      Field.required(
          "files",
          Scalar.text("a path or glob"),
          "Where the files are, with `${interval:pattern}` fields; relative to the"
              + " folder of the pipeline, absolute, or a URI that Hadoop knows");
  private static final Field<String> FORMAT =
      Field.required("format", Scalar.choice(List.of("csv")), "The format of the files")
          .standIn("csv");
  private static final Field<Boolean> HEADER =
      Field.withDefault(
          "header", Scalar.flag(), "true", "Whether the first line of each file names the columns");
  private static final Field<String> DELIMITER =
      Field.withDefault(
          "delimiter",
          Scalar.parsed("a single character such as \";\"", SourceShape::delimiter)
              .like(Pattern.compile("[\\s\\S]")),
          ",",
          "What is between two fields");
  private static final Field<List<String>> NULL_VALUES =
      Field.optional(
              "null_values",
              new Items<>(Scalar.verbatim("a text"), "a list of texts"),
              List.of(),
              "Texts that stand for null, beside the empty field; `[NULL]` and `[~]` are"
                  + " taken as text")
          .otherwise("none");

  static final Field<OnChange> ON_CHANGE =
      Field.withDefault(
          "on_change",
          Scalar.choice(OnChange.class),
          "reload",
          "What happens when the source of an interval that is done is not what was loaded:"
              + " `reload` loads it again, `warn` says so and `ignore` does not, and both leave it"
              + " as it is");

  static final Fields<SourceDef> SHAPE =
      new Fields<>(
          "a mapping such as { files: \"data/*.csv\", format: csv }",
          List.of(FILES, FORMAT, HEADER, DELIMITER, NULL_VALUES, ON_CHANGE),
          r ->
              new FileSourceDef(
                  r.get(FILES),
                  r.get(FORMAT),
                  r.get(HEADER),
                  r.get(DELIMITER),
                  r.get(NULL_VALUES),
                  r.get(ON_CHANGE)));

  private SourceShape() {}

  private static String delimiter(String text) {
    if (text.length() != 1) {
      throw new IllegalArgumentException("'%s' is not a single character".formatted(text));
    }
    return text;
  }
}
