package io.afp.core.definition;

import io.afp.core.definition.ServeDef.ServeMode;
import io.afp.core.yaml.Field;
import io.afp.core.yaml.Fields;
import io.afp.core.yaml.Items;
import io.afp.core.yaml.Scalar;
import java.util.List;

/** What {@code serve} may hold. */
final class ServeShape {

  private static final Field<TableName> POSTGRES =
      Field.required("postgres", Scalars.SERVED, "The name in the serving database");
  private static final Field<ServeMode> MODE =
      Field.withDefault(
          "mode",
          Scalar.choice(ServeMode.class),
          "swap",
          "`swap`: a full copy takes the place of the served one. `upsert`: rows that"
              + " differ are written, rows that are no longer there are deleted, equal rows"
              + " are not touched; needs a `key`");
  private static final Field<List<List<String>>> INDEXES =
      Field.optional(
              "indexes",
              new Items<>(
                  new Items<>(Scalars.TEXT, "a list of columns such as [day, carrier]"),
                  "a list of lists of columns such as [[day], [carrier]]"),
              List.of(),
              "Each list of columns becomes an index")
          .otherwise("none");
  private static final Field<List<String>> GRANTS =
      Field.optional(
              "grants",
              new Items<>(Scalars.IDENTIFIER, "a list of roles"),
              List.of(),
              "Who may read. The roles must exist; `public` is every role of the database")
          .otherwise("none");

  static final Fields<ServeDef> SHAPE =
      new Fields<>(
          "a mapping such as { postgres: mart.flight }",
          List.of(POSTGRES, MODE, INDEXES, GRANTS),
          r -> new ServeDef(r.get(POSTGRES), r.get(MODE), r.get(INDEXES), r.get(GRANTS)));

  private ServeShape() {}
}
