package io.afp.core.definition;

import io.afp.core.definition.CheckDef.Rule;
import io.afp.core.definition.ColumnType.Kind;
import io.afp.core.yaml.Field;
import io.afp.core.yaml.Fields;
import io.afp.core.yaml.Items;
import io.afp.core.yaml.Reading;
import io.afp.core.yaml.Scalar;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a column may hold. */
final class ColumnShape {

  /**
   * Fits wherever the language asks for a certain type, so that an unknown type is reported once.
   */
  static final ColumnType ANY_TYPE = new ColumnType(Kind.TIMESTAMP, 0, 0);

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
  private static final Field<Pii> PII =
      Field.withDefault(
          "pii",
          Scalar.choice(Pii.class),
          "false",
          "Whether the value is personal. `true`: reports and the ledger show `******` in its"
              + " place. Sources only, before anything is written: `hash` a keyed hash, `mask`"
              + " stars, `drop` no column");
  private static final Field<String> EXPR =
      Field.optional(
              "expr",
              Scalar.text("an expression in Spark SQL"),
              "Computes the value from other columns of the row; sources only")
          .otherwise("read from the file");
  private static final Field<String> FROM =
      Field.optional(
              "from",
              Scalar.parsed("the name of a field such as \"Order ID\"", FieldName::require),
              "The field of the source that the column is read from, in any case; sources only")
          .otherwise("the name of the column");
  private static final Field<String> FORMAT =
      Field.optional(
              "format",
              Scalar.text("a pattern such as dd.MM.yyyy, or \"#.##0,00\""),
              "The pattern of a date or time, of Java's DateTimeFormatter, or of a number;"
                  + " sources only")
          .otherwise("as Spark writes it");
  private static final Field<ZoneId> ZONE =
      Field.optional(
              "zone",
              Scalars.ZONE,
              "Where the clock stands that a `timestamp` without a zone of its own is read from;"
                  + " sources only")
          .otherwise("UTC");
  private static final Field<Rounding> ROUNDING =
      Field.withDefault(
          "rounding",
          Scalar.choice(Rounding.class),
          Rounding.REJECT.word(),
          "What becomes of a number with more digits behind its point than the `decimal` has:"
              + " `half_up` is the nearest value, half of one away from zero; sources only");
  private static final Field<String> DEFAULT =
      Field.optional(
              "default",
              Scalars.LITERAL,
              "The value in place of one that is missing or null; sources only")
          .otherwise("null");
  private static final Field<Boolean> MAY_BE_MISSING =
      Field.withDefault(
          "may_be_missing",
          Scalar.flag(),
          "false",
          "Whether files may lack the column, as those from before it was there: it is null then,"
              + " and each run says in how many. Redundant beside `default`; sources only");
  private static final List<Field<Rule>> RULES =
      Stream.of(CheckShape.IN, CheckShape.LENGTH, CheckShape.MATCHES)
          .map(ColumnShape::entry)
          .toList();
  static final Field<List<CheckShape.Draft>> CHECKS =
      Field.optional(
              "checks",
              new Items<>(CheckShape.COLUMN_CHECK, "a list of checks"),
              List.of(),
              "The rules that the value must obey")
          .otherwise("none");

  static final Fields<Draft> SHAPE =
      new Fields<>("a mapping such as { type: int }", fields(), Draft::of);

  private ColumnShape() {}

  private static Field<Rule> entry(Field<Rule> rule) {
    return Field.optional(
        rule.name(), rule.shape(), rule.doc() + "; others reject the row. Sources only");
  }

  private static List<Field<?>> fields() {
    List<Field<?>> fields = new ArrayList<>(List.of(TYPE, REQUIRED, DESCRIPTION, PII, EXPR));
    fields.addAll(List.of(FROM, FORMAT, ZONE, ROUNDING, DEFAULT, MAY_BE_MISSING));
    fields.addAll(RULES);
    fields.add(CHECKS);
    return List.copyOf(fields);
  }

  /** Whether this is the type that is written, and not one that stands in for it. */
  static boolean isKnown(ColumnType type) {
    return type != ANY_TYPE;
  }

  /** A column that does not know its table and its name yet. */
  record Draft(
      ColumnType type,
      boolean required,
      Pii pii,
      Optional<String> description,
      Optional<String> expr,
      EntryDef entry,
      List<CheckShape.Draft> checks) {

    private static Draft of(Reading r) {
      return new Draft(
          r.get(TYPE),
          r.get(REQUIRED),
          r.get(PII),
          r.find(DESCRIPTION),
          r.find(EXPR),
          entry(r),
          r.get(CHECKS));
    }

    private static EntryDef entry(Reading r) {
      List<Rule> rules = RULES.stream().flatMap(rule -> r.find(rule).stream()).toList();
      return new EntryDef(
          r.find(FROM),
          r.find(FORMAT),
          r.find(ZONE),
          r.get(ROUNDING),
          r.find(DEFAULT),
          r.get(MAY_BE_MISSING),
          rules);
    }

    ColumnDef named(TableName table, String name) {
      List<CheckDef> judged = checks.stream().map(c -> c.ofColumn(table, name)).toList();
      return new ColumnDef(name, type, required, pii, description, expr, entry, judged);
    }
  }
}
