package io.afp.core.definition;

import static io.afp.core.definition.CheckShape.require;

import io.afp.core.definition.CheckDef.Rule;
import io.afp.core.definition.RowRule.Relation;
import io.afp.core.yaml.Field;
import io.afp.core.yaml.Fields;
import io.afp.core.yaml.Items;
import io.afp.core.yaml.Mapped;
import io.afp.core.yaml.Reading;
import java.util.List;
import java.util.Optional;

/** What rules about several columns of a row look like. */
final class RowShapes {

  private static final Items<String> COLUMNS = new Items<>(Scalars.COLUMN, "a list of columns");

  private static final Field<List<String>> OF =
      Field.required("of", COLUMNS, "The columns, at least two");
  private static final Field<String> EQUALS =
      Field.optional("equals", Scalars.COLUMN, "The column that has their sum");
  private static final Field<Bounds> BETWEEN =
      Field.optional("between", MetricShapes.NUMBERS, "The smallest and the largest sum");
  private static final Field<List<List<String>>> IN =
      Field.required(
          "in",
          new Items<>(
              new Items<>(Scalars.LITERAL, "a list such as [DE, EUR]"),
              "a list of lists such as [[DE, EUR], [US, USD]]"),
          "The values that may stand together");

  static final List<Field<Rule>> ALL =
      List.of(
          compared(Relation.EQUAL, "Columns that have the same value in a row"),
          compared(Relation.DIFFERENT, "Columns of which no two have one value"),
          compared(Relation.ORDERED, "Columns whose values never fall, from left to right"),
          compared(Relation.INCREASING, "Columns whose values rise from left to right"),
          compared(Relation.ANY_GIVEN, "Columns of which one or more has a value"),
          Field.optional(
              "combination",
              new Mapped<>(
                  new Fields<>(
                      "{ of: [country, currency], in: [[DE, EUR], [US, USD]] }",
                      List.of(OF, IN),
                      r -> new RowRule.Combination(r.get(OF), r.get(IN))),
                  "{ of: [country, currency], in: [[DE, EUR], [US, USD]] }",
                  RowShapes::combination),
              "Columns, and which of their values may stand together"),
          Field.optional(
              "row_sum",
              new Mapped<>(
                  new Fields<>(
                      "{ of: [net, tax], equals: gross }", List.of(OF, EQUALS, BETWEEN), r -> r),
                  "{ of: [net, tax], equals: gross } (or between)",
                  RowShapes::sum),
              "The sum of columns, in which null counts as 0, is that of another column or lies"
                  + " between bounds"));

  private RowShapes() {}

  private static Field<Rule> compared(Relation relation, String doc) {
    return Field.optional(
        new RowRule.Compared(relation, List.of()).keyword(),
        new Mapped<>(
            COLUMNS,
            "a list of two columns or more",
            columns -> new RowRule.Compared(relation, several(columns))),
        doc);
  }

  private static List<String> several(List<String> columns) {
    require(columns.size() > 1, "it has %d columns".formatted(columns.size()));
    return columns;
  }

  private static Rule combination(RowRule.Combination rule) {
    int columns = several(rule.columns()).size();
    require(!rule.values().isEmpty(), "no values may stand together");
    require(
        rule.values().stream().allMatch(list -> list.size() == columns),
        "a list has not %d values".formatted(columns));
    return rule;
  }

  private static Rule sum(Reading r) {
    Optional<String> total = r.find(EQUALS);
    Optional<Bounds> bounds = r.find(BETWEEN);
    require(total.isPresent() != bounds.isPresent(), "it is not either equals or between");
    return new RowRule.Sum(several(r.get(OF)), total, bounds);
  }
}
