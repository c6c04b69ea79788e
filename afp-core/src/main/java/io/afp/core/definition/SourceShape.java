package io.afp.core.definition;

import io.afp.core.yaml.Field;
import io.afp.core.yaml.Fields;
import io.afp.core.yaml.Scalar;
import java.util.List;
import java.util.stream.Stream;

/** What {@code from} may hold. */
final class SourceShape {

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
          "a mapping such as { files: \"data/*.csv\", format: csv }", fields(), FileShape::build);

  private SourceShape() {}

  private static List<Field<?>> fields() {
    return Stream.concat(FileShape.FIELDS.stream(), Stream.of(ON_CHANGE)).toList();
  }
}
