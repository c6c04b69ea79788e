package io.afp.core.definition;

import io.afp.core.definition.CheckDef.Between;
import io.afp.core.definition.CheckDef.In;
import io.afp.core.definition.CheckDef.References;
import io.afp.core.definition.CheckDef.Rows;
import io.afp.core.definition.CheckDef.Rule;
import io.afp.core.definition.CheckDef.Severity;
import io.afp.core.definition.CheckDef.Sql;
import io.afp.core.yaml.Field;
import io.afp.core.yaml.Fields;
import io.afp.core.yaml.Items;
import io.afp.core.yaml.Mapped;
import io.afp.core.yaml.Nullable;
import io.afp.core.yaml.Reading;
import io.afp.core.yaml.Scalar;
import io.afp.core.yaml.Shape;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** What a check of a column and a check of a table may hold. */
final class CheckShape {

  private static final Field<String> NAME =
      Field.optional(
          "name",
          Scalars.IDENTIFIER,
          "The stable name; without it, that of table, column and rule");
  private static final Field<BigDecimal> AT_LEAST =
      Field.optional(
          "at_least", Scalars.SHARE, BigDecimal.ONE, "The share of judged rows that must obey");
  private static final Field<Severity> SEVERITY =
      Field.optional(
          "severity",
          Scalar.choice(Severity.class),
          Severity.ERROR,
          "Whether a breach keeps the run from being published");

  private static final Field<Rule> IN =
      Field.optional(
          "in",
          mapped(
              new Items<>(Scalars.LITERAL, "a list of values"),
              "at least one value",
              CheckShape::in),
          "The values that are allowed");
  private static final Field<Rule> BETWEEN =
      Field.optional(
          "between",
          mapped(
              new Items<>(new Nullable<>(Scalars.LITERAL), "a list such as [0, 100]"),
              "two bounds such as [0, 100]; one of them may be null",
              CheckShape::between),
          "The smallest and the largest value, both included; null leaves a side open");
  private static final Field<Rule> REFERENCES =
      Field.optional(
          "references",
          Scalar.parsed("namespace.table.column", CheckShape::references),
          "The column of another table in which the value must occur");
  private static final Field<Rule> SQL =
      Field.optional(
          "sql",
          Scalar.parsed("a predicate over the columns of a row", CheckShape::sql),
          "A predicate; where it is null the row is not judged");

  private static final Field<Long> MIN =
      Field.optional("min", Scalar.count(), "The smallest number of rows");
  private static final Field<Long> MAX =
      Field.optional("max", Scalar.count(), "The largest number of rows");
  private static final Field<Rule> ROWS =
      Field.optional(
          "rows",
          mapped(
              new Fields<>("a mapping such as { min: 1 }", List.of(MIN, MAX), r -> r),
              "min, max or both, the smaller one as min",
              CheckShape::rows),
          "How many rows a run writes");

  static final Fields<Draft> COLUMN_CHECK =
      new Fields<>(
          "a mapping such as { in: [a, b] }",
          List.of(IN, BETWEEN, REFERENCES, NAME, AT_LEAST, SEVERITY),
          List.of("in", "between", "references"),
          r -> Draft.of(r, List.of(IN, BETWEEN, REFERENCES)));

  static final Fields<Draft> TABLE_CHECK =
      new Fields<>(
          "a mapping such as { rows: { min: 1 } }",
          List.of(ROWS, SQL, NAME, AT_LEAST, SEVERITY),
          List.of("rows", "sql"),
          r -> Draft.of(r, List.of(ROWS, SQL)));

  private CheckShape() {}

  /** A check that does not know yet what it judges. */
  record Draft(Optional<String> name, Rule rule, BigDecimal atLeast, Severity severity) {

    private static Draft of(Reading r, List<Field<Rule>> rules) {
      Rule rule = rules.stream().flatMap(f -> r.find(f).stream()).findFirst().orElseThrow();
      return new Draft(r.find(NAME), rule, r.get(AT_LEAST), r.get(SEVERITY));
    }

    CheckDef ofColumn(TableName table, String column) {
      String fallback = "%s.%s.%s".formatted(table, column, rule.keyword());
      return new CheckDef(name.orElse(fallback), Optional.of(column), rule, atLeast, severity);
    }

    CheckDef ofTable(TableName table) {
      String fallback = "%s.%s".formatted(table, rule.keyword());
      return new CheckDef(name.orElse(fallback), Optional.empty(), rule, atLeast, severity);
    }
  }

  private static <S> Shape<Rule> mapped(Shape<S> shape, String expects, Function<S, Rule> mapper) {
    return new Mapped<>(shape, expects, mapper);
  }

  private static Rule in(List<String> values) {
    require(!values.isEmpty(), "the list is empty");
    return new In(values);
  }

  private static Rule between(List<Optional<String>> bounds) {
    require(bounds.size() == 2, "it has %d bounds".formatted(bounds.size()));
    require(bounds.stream().anyMatch(Optional::isPresent), "both bounds are null");
    return new Between(bounds.get(0), bounds.get(1));
  }

  private static Rule references(String text) {
    int dot = text.lastIndexOf('.');
    require(dot > 0, "'%s' is not namespace.table.column".formatted(text));
    return new References(TableName.parse(text.substring(0, dot)), text.substring(dot + 1));
  }

  private static Rule sql(String predicate) {
    require(!predicate.isBlank(), "it is empty");
    return new Sql(predicate);
  }

  private static Rule rows(Reading r) {
    Optional<Long> min = r.find(MIN);
    Optional<Long> max = r.find(MAX);
    require(!r.keys().isEmpty(), "it has neither min nor max");
    require(min.orElse(0L) <= max.orElse(Long.MAX_VALUE), "min is larger than max");
    return new Rows(bound(min), bound(max));
  }

  private static OptionalLong bound(Optional<Long> bound) {
    return bound.map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  private static void require(boolean condition, String complaint) {
    if (!condition) {
      throw new IllegalArgumentException(complaint);
    }
  }
}
