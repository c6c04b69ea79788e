package io.afp.core.definition;

import io.afp.core.definition.ColumnType.Kind;
import io.afp.core.yaml.Field;
import io.afp.core.yaml.Fields;
import io.afp.core.yaml.Items;
import io.afp.core.yaml.Reading;
import io.afp.core.yaml.Scalar;
import java.util.List;
import java.util.Optional;

/** What a column may hold. */
final class ColumnShape {

  /**
   * Fits wherever the language asks for a certain type, so that an unknown type is reported once.
   */
  private static final ColumnType ANY_TYPE = new ColumnType(Kind.TIMESTAMP, 0, 0);

  private static final Field<ColumnType> TYPE =
      Field.required("type", Scalars.TYPE, "The type. A decimal is quoted because of its comma")
          .standIn(ANY_TYPE);
  private static final Field<Boolean> REQUIRED =
      Field.withDefault(
          "required",
          Scalar.flag(),
          "false",
          "Whether null is not allowed: it rejects the row of a source, and breaks a"
              + " check of a model");
  private static final Field<String> DESCRIPTION =
      Field.optional(
          "description",
          Scalars.TEXT,
          "What the value means; goes to the Iceberg column and to the served view");
  private static final Field<Boolean> PII =
      Field.withDefault(
          "pii",
          Scalar.flag(),
          "false",
          "Whether the value is personal: reports and the ledger show `******` in its"
              + " place; the table `<table>__rejects` has it");
  private static final Field<String> EXPR =
      Field.optional(
              "expr",
              Scalar.text("an expression in Spark SQL"),
              "Computes the value from other columns of the row; sources only")
          .otherwise("read from the file");
  private static final Field<List<CheckShape.Draft>> CHECKS =
      Field.optional(
              "checks",
              new Items<>(CheckShape.COLUMN_CHECK, "a list of checks"),
              List.of(),
              "The rules that the value must obey")
          .otherwise("none");

  static final Fields<Draft> SHAPE =
      new Fields<>(
          "a mapping such as { type: int }",
          List.of(TYPE, REQUIRED, DESCRIPTION, PII, EXPR, CHECKS),
          Draft::of);

  private ColumnShape() {}

  /** Whether this is the type that is written, and not one that stands in for it. */
  static boolean isKnown(ColumnType type) {
    return type != ANY_TYPE;
  }

  /** A column that does not know its table and its name yet. */
  record Draft(
      ColumnType type,
      boolean required,
      boolean pii,
      Optional<String> description,
      Optional<String> expr,
      List<CheckShape.Draft> checks) {

    private static Draft of(Reading r) {
      return new Draft(
          r.get(TYPE),
          r.get(REQUIRED),
          r.get(PII),
          r.find(DESCRIPTION),
          r.find(EXPR),
          r.get(CHECKS));
    }

    ColumnDef named(TableName table, String name) {
      List<CheckDef> judged = checks.stream().map(c -> c.ofColumn(table, name)).toList();
      return new ColumnDef(name, type, required, pii, description, expr, judged);
    }
  }
}
