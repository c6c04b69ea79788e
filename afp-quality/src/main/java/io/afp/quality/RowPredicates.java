package io.afp.quality;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.afp.core.definition.Bounds;
import io.afp.core.definition.ColumnType;
import io.afp.core.definition.Literals;
import io.afp.core.definition.RowRule;
import io.afp.core.definition.TableDef;
import io.afp.quality.Predicates.Predicate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;

/** The rules about several columns of a row, as conditions on a row. */
final class RowPredicates {

  private final TableDef table;
  private final RowRule rule;

  private RowPredicates(TableDef table, RowRule rule) {
    this.table = table;
    this.rule = rule;
  }

  static Predicate of(TableDef table, RowRule rule) {
    RowPredicates predicates = new RowPredicates(table, rule);
    return new Predicate(() -> when(predicates.judged(), coalesce(predicates.holds(), lit(false))));
  }

  private Column holds() {
    if (rule instanceof RowRule.Compared compared) {
      return switch (compared.relation()) {
        case EQUAL -> neighbours(Column::eqNullSafe);
        case DIFFERENT -> not(pairs((a, b) -> coalesce(a.equalTo(b), lit(false))));
        case ORDERED -> neighbours(Column::leq);
        case INCREASING -> neighbours(Column::lt);
        case ANY_GIVEN -> anyGiven();
      };
    }
    return rule instanceof RowRule.Sum sum ? holds(sum) : holds((RowRule.Combination) rule);
  }

  private Column holds(RowRule.Combination combination) {
    return combination.values().stream().map(this::equals).reduce(Column::or).orElseThrow();
  }

  private Column judged() {
    if (rule instanceof RowRule.Compared compared) {
      return switch (compared.relation()) {
        case ANY_GIVEN -> lit(true);
        case EQUAL, DIFFERENT -> anyGiven();
        case ORDERED, INCREASING -> given(Column::and);
      };
    }
    return rule instanceof RowRule.Sum sum
        ? sum.total()
            .map(total -> anyGiven().and(column(total).isNotNull()))
            .orElseGet(this::anyGiven)
        : given(Column::and);
  }

  private Column anyGiven() {
    return given(Column::or);
  }

  private Column given(BinaryOperator<Column> together) {
    return columns().stream().map(Column::isNotNull).reduce(together).orElseThrow();
  }

  private List<Column> columns() {
    return rule.columns().stream().map(RowPredicates::column).toList();
  }

  private static Column column(String name) {
    return expr(Predicates.quoted(name));
  }

  /** Whether a condition holds for each column and the one behind it. */
  private Column neighbours(BiFunction<Column, Column, Column> condition) {
    List<Column> columns = columns();
    return IntStream.range(1, columns.size())
        .mapToObj(i -> condition.apply(columns.get(i - 1), columns.get(i)))
        .reduce(Column::and)
        .orElseThrow();
  }

  /** Whether a condition holds for any two columns. */
  private Column pairs(BiFunction<Column, Column, Column> condition) {
    List<Column> columns = columns();
    List<Column> pairs = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      for (int j = i + 1; j < columns.size(); j++) {
        pairs.add(condition.apply(columns.get(i), columns.get(j)));
      }
    }
    return pairs.stream().reduce(Column::or).orElseThrow();
  }

  private Column equals(List<String> values) {
    return IntStream.range(0, values.size())
        .mapToObj(i -> equals(rule.columns().get(i), values.get(i)))
        .reduce(Column::and)
        .orElseThrow();
  }

  private Column equals(String column, String value) {
    ColumnType type = table.column(column).orElseThrow().type();
    return column(column).equalTo(expr(Literals.sql(type, value)));
  }

  private Column holds(RowRule.Sum rule) {
    Column sum =
        columns().stream().map(c -> coalesce(c, lit(0))).reduce(Column::plus).orElseThrow();
    return rule.total()
        .map(total -> sum.equalTo(column(total)))
        .orElseGet(() -> within(sum, rule.bounds().orElseThrow()));
  }

  private static Column within(Column sum, Bounds bounds) {
    Column from = bounds.min().map(min -> sum.geq(expr(min))).orElse(lit(true));
    return bounds.max().map(max -> from.and(sum.leq(expr(max)))).orElse(from);
  }
}
