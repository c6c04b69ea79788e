package io.afp.core.definition;

import io.afp.core.definition.CheckDef.Rule;
import io.afp.core.definition.TableRule.Match;
import io.afp.core.definition.TableRule.Tolerance;
import io.afp.core.yaml.Field;
import io.afp.core.yaml.Fields;
import io.afp.core.yaml.Items;
import io.afp.core.yaml.Mapped;
import io.afp.core.yaml.Reading;
import io.afp.core.yaml.Scalar;
import io.afp.core.yaml.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What rules about a table as a whole look like. */
final class TableRuleShapes {

  private static final Scalar<String> SELECT =
      Scalar.parsed("a query in Spark SQL", CheckShape::predicate);

  private static final Field<List<String>> EXACTLY =
      columns("exactly", "These columns, in this order");
  private static final Field<List<String>> SET = columns("set", "These columns, in any order");
  private static final Field<List<String>> CONTAIN = columns("contain", "These columns and others");
  private static final List<Field<List<String>>> MATCHES = List.of(EXACTLY, SET, CONTAIN);

  private static final Field<String> SQL =
      Field.required("query", SELECT, "It gives one row with one number");
  private static final Shape<Levels<Bounds>> NUMBERS =
      Levels.shape(MetricShapes.NUMBERS, MetricShapes::isInside);
  private static final Field<Levels<Bounds>> BETWEEN =
      Field.required("between", NUMBERS, "Where the number lies");

  private static final Field<String> ONE = Field.required("query", SELECT, "It gives rows");
  private static final Field<String> OTHER =
      Field.required("as", SELECT, "It gives the rows that are expected");
  private static final Field<Levels<Tolerance>> WITHIN =
      Field.optional(
              "within",
              Levels.shape(
                  Scalar.parsed(
                      "a number such as 0.5 or a share of the expected number such as 0.1%",
                      Tolerance::parse),
                  (warn, error) ->
                      warn.isShare() != error.isShare()
                          || warn.amount().compareTo(error.amount()) <= 0),
              "How far the only number that each query gives may be from the other")
          .otherwise("they give the same rows");

  static final List<Field<Levels<Rule>>> ALL =
      List.of(
          rule(
              "same_rows_as",
              new Mapped<>(
                  Scalar.parsed("namespace.table", TableName::parse).like(TableName.WHOLE),
                  "namespace.table",
                  TableRule.SameRows::new),
              "The table has as many rows as this one"),
          rule(
              "has_columns",
              new Mapped<>(
                  new Fields<>(
                      "{ exactly: [day, amount] }",
                      List.copyOf(MATCHES),
                      List.of("exactly", "set", "contain"),
                      TableRuleShapes::columns),
                  "{ exactly: [day, amount] } (or set or contain)",
                  rule -> rule),
              "The columns of the table, also those that `drift: evolve` brings"),
          Field.optional(
              "column_count",
              new Mapped<>(
                  NUMBERS,
                  NUMBERS.expects(),
                  levels -> levels.map(bounds -> (Rule) new TableRule.ColumnCount(bounds))),
              "How many columns the table has"),
          rule(
              "column_names",
              Scalar.parsed(
                  "a regular expression of Java",
                  text -> new TableRule.ColumnNames(CheckShape.matches(text).regex())),
              "The regular expression that the name of each column must match as a whole"),
          rule(
              "query",
              new Mapped<>(SELECT, "a query in Spark SQL", TableRule.Query::new),
              "A query that gives the rows that are wrong: it must give none"),
          Field.optional(
              "number",
              new Mapped<>(
                  new Fields<>(
                      "{ query: \"SELECT count(*) FROM raw.orders\", between: [1, null] }",
                      List.of(SQL, BETWEEN),
                      r ->
                          r.get(BETWEEN)
                              .map(bounds -> (Rule) new TableRule.Number(r.get(SQL), bounds))),
                  "a mapping such as { query: \"SELECT …\", between: [1, 10] }",
                  levels -> levels),
              "A query that gives one number, and where that lies"),
          Field.optional(
              "same_result",
              new Mapped<>(
                  new Fields<>(
                      "{ query: \"SELECT …\", as: \"SELECT …\" }",
                      List.of(ONE, OTHER, WITHIN),
                      r -> sameResult(r.get(ONE), r.get(OTHER), r.find(WITHIN))),
                  "a mapping such as { query: \"SELECT …\", as: \"SELECT …\", within: 0.1% }",
                  levels -> levels),
              "Two queries that give the same rows, in any order; with within one number each"));

  private TableRuleShapes() {}

  private static Field<Levels<Rule>> rule(String name, Shape<Rule> shape, String doc) {
    return Field.optional(name, Levels.plain(shape), doc);
  }

  private static Field<List<String>> columns(String name, String doc) {
    return Field.optional(name, new Items<>(Scalars.TEXT, "a list of columns"), doc);
  }

  private static Rule columns(Reading r) {
    Field<List<String>> chosen =
        MATCHES.stream().filter(match -> r.find(match).isPresent()).findFirst().orElseThrow();
    Match match = Match.valueOf(chosen.name().toUpperCase(Locale.ROOT));
    return new TableRule.Columns(match, r.get(chosen));
  }

  private static Levels<Rule> sameResult(
      String one, String other, Optional<Levels<Tolerance>> within) {
    return within
        .map(both -> both.map(each -> sameResult(one, other, each)))
        .orElseGet(() -> Levels.of(new TableRule.SameResult(one, other, Optional.empty())));
  }

  private static Rule sameResult(String one, String other, Tolerance within) {
    return new TableRule.SameResult(one, other, Optional.of(within));
  }
}
