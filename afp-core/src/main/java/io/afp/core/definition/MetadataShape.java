package io.afp.core.definition;

import io.afp.core.yaml.Field;
import io.afp.core.yaml.Fields;
import io.afp.core.yaml.Scalar;
import java.util.List;
import java.util.regex.Pattern;

/** What {@code metadata} may hold. */
final class MetadataShape {

  private static final Field<String> RUN_ID =
      column("run_id", MetadataDef.RUN_ID, "The column with the id of the run that wrote the row");
  private static final Field<String> INGESTED_AT =
      column(
          "ingested_at",
          MetadataDef.INGESTED_AT,
          "The column with the start of the attempt that wrote the row, the same for all its rows");
  private static final Field<String> SOURCE =
      column(
          "source",
          MetadataDef.SOURCE,
          "The column with the file of the row, as the ledger has it, or the connection and table");

  static final Fields<MetadataDef> SHAPE =
      new Fields<>(
          "a mapping such as { run_id: _afp_run_id, source: file }",
          List.of(RUN_ID, INGESTED_AT, SOURCE),
          r -> new MetadataDef(r.find(RUN_ID), r.find(INGESTED_AT), r.find(SOURCE)));

  private MetadataShape() {}

  private static Field<String> column(String key, String reserved, String doc) {
    String expects = "%s, or a lower-case name of [a-z][a-z0-9_]*".formatted(reserved);
    Pattern written = Pattern.compile("%s|%s".formatted(reserved, TableName.IDENTIFIER));
    Scalar<String> name = Scalar.parsed(expects, text -> name(text, reserved)).like(written);
    return Field.optional(key, name, doc).otherwise("no such column");
  }

  private static String name(String text, String reserved) {
    if (!text.equals(reserved) && !TableName.isIdentifier(text)) {
      throw new IllegalArgumentException(
          "'%s' is neither %s nor a lower-case name of [a-z][a-z0-9_]*".formatted(text, reserved));
    }
    return text;
  }
}
