package io.afp.core.definition;

import io.afp.core.definition.LayoutDef.Distribution;
import io.afp.core.yaml.Field;
import io.afp.core.yaml.Fields;
import io.afp.core.yaml.Scalar;
import java.util.List;

/** What {@code layout} may hold. */
final class LayoutShape {

  private static final Field<Long> TARGET_FILE_SIZE =
      Field.withDefault(
          "target_file_size", Scalars.SIZE, "64MB", "The size after which a file is full");
  private static final Field<Distribution> DISTRIBUTION =
      Field.withDefault(
          "distribution",
          Scalar.choice(Distribution.class),
          "hash",
          "How rows come to the tasks that write them. `hash`: those of a partition together, few"
              + " files. `range`: sorted over all files, at the price of computing them twice."
              + " `none`: as they are, each task leaves files of its own");

  static final Fields<LayoutDef> SHAPE =
      new Fields<>(
          "a mapping such as { target_file_size: 128MB }",
          List.of(TARGET_FILE_SIZE, DISTRIBUTION),
          r -> new LayoutDef(r.get(TARGET_FILE_SIZE), r.get(DISTRIBUTION)));

  private LayoutShape() {}
}
