package io.afp.core.definition;

import io.afp.core.yaml.Field;
import io.afp.core.yaml.Fields;
import io.afp.core.yaml.Reading;
import io.afp.core.yaml.Scalar;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What {@code from} may hold. */
final class SourceShape {

  static final Field<OnChange> ON_CHANGE =
      Field.withDefault(
          "on_change",
          Scalar.choice(OnChange.class),
          "reload",
          "What happens when the source of an interval that is done, or a file of a landing folder,"
              + " is not what was loaded:"
              + " `reload` loads it again, `warn` says so and `ignore` does not, and both leave it"
              + " as it is");
  private static final Field<JdbcSourceDef> JDBC =
      Field.optional("jdbc", JdbcShape.SHAPE, "The table of a database, instead of files");

  private static final Field<CustomSourceDef> CUSTOM =
      Field.optional(
          "custom",
          CustomShape.SOURCE,
          "A [class of your own](sources.md#a-source-of-your-own), instead of files");

  static final Fields<SourceDef> SHAPE =
      new Fields<>(
          "a mapping such as { files: \"data/*.csv\", format: csv }",
          fields(),
          List.of("files", "jdbc", "custom"),
          SourceShape::build);

  private SourceShape() {}

  private static List<Field<?>> fields() {
    return Stream.concat(FileShape.FIELDS.stream(), Stream.of(JDBC, CUSTOM, ON_CHANGE)).toList();
  }

  /** What only files have. */
  static List<String> keysOfFiles() {
    return FileShape.FIELDS.stream().map(Field::name).toList();
  }

  private static SourceDef build(Reading r) {
    Optional<SourceDef> jdbc = r.find(JDBC).map(source -> source.with(r.get(ON_CHANGE)));
    Optional<SourceDef> custom = r.find(CUSTOM).map(source -> source.with(r.get(ON_CHANGE)));
    return jdbc.or(() -> custom).orElseGet(() -> FileShape.build(r));
  }
}
