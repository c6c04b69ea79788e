package io.afp.quality;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.afp.core.definition.CheckDef;
import io.afp.core.definition.CheckDef.Between;
import io.afp.core.definition.CheckDef.In;
import io.afp.core.definition.CheckDef.Length;
import io.afp.core.definition.CheckDef.Matches;
import io.afp.core.definition.CheckDef.Required;
import io.afp.core.definition.CheckDef.Sql;
import io.afp.core.definition.ColumnType;
import io.afp.core.definition.Literals;
import io.afp.core.definition.RowRule;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.ValueRule;
import io.afp.core.lake.SchemaForm;
import io.afp.core.lake.TextForms;
import io.afp.core.lake.WholeTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;

/** The rules about single rows, as conditions on a row. */
final class Predicates {

  private Predicates() {}

  /**
   * A rule about single rows. What it is made of may not be SQL at all: that shows when it is asked
   * for.
   *
   * @param holds true where a row obeys, false where it breaks the rule, null where the rule does
   *     not apply to it
   */
  record Predicate(Supplier<Column> holds) {

    private static Predicate of(String holds) {
      return new Predicate(() -> expr(holds));
    }

    /** True where a row breaks the rule, false or null where it does not. */
    Column broken() {
      return not(holds.get());
    }

    private Predicate where(String condition) {
      return new Predicate(() -> when(expr(condition), holds.get()));
    }
  }

  /** The predicate of a check; empty for rules about more than one row. */
  static Optional<Predicate> of(TableDef table, CheckDef check) {
    Optional<Predicate> rule = rule(table, check);
    return check.where().isPresent() ? rule.map(p -> p.where(check.where().get())) : rule;
  }

  private static Optional<Predicate> rule(TableDef table, CheckDef check) {
    if (check.rule() instanceof Sql sql) {
      return Optional.of(Predicate.of(sql.predicate()));
    }
    if (check.rule() instanceof CheckDef.Custom rule) {
      return Optional.of(new Predicate(new CustomRule(table, check.column(), rule)::holds));
    }
    if (check.rule() instanceof RowRule rule) {
      return Optional.of(RowPredicates.of(table, rule));
    }
    return check.column().flatMap(name -> ofValue(table, name, check.rule()));
  }

  private static Optional<Predicate> ofValue(TableDef table, String name, CheckDef.Rule rule) {
    String column = quoted(name);
    if (rule instanceof Required) {
      return Optional.of(Predicate.of(column + " IS NOT NULL"));
    }
    if (rule instanceof ValueRule.IsNull) {
      return Optional.of(Predicate.of(column + " IS NULL"));
    }
    return tested(column, rule)
        .or(() -> condition(table, name, rule).map(holds -> expr(holds)))
        .map(holds -> new Predicate(() -> ofGiven(expr(column), holds)));
  }

  /** A value that can't be compared breaks a rule; null does not. */
  private static Column ofGiven(Column value, Column holds) {
    return when(value.isNotNull(), coalesce(holds, lit(false)));
  }

  /** What is said of the text of a value. */
  private static Optional<Column> tested(String column, CheckDef.Rule rule) {
    Column value = expr(column);
    if (rule instanceof ValueRule.Format format) {
      return Optional.of(TextForms.has(value, format.format()));
    }
    if (rule instanceof ValueRule.ParsesAs as) {
      return Optional.of(TextForms.parsesAs(value, as.type(), as.format()));
    }
    if (rule instanceof ValueRule.JsonSchema schema) {
      return Optional.of(SchemaForm.fits(value, schema.schema()));
    }
    if (rule instanceof Matches matches) {
      return Optional.of(WholeTexts.match(value, List.of(matches.regex())));
    }
    return rule instanceof ValueRule.Text text
        ? Optional.of(tested(column, text))
        : Optional.empty();
  }

  private static Column tested(String column, ValueRule.Text rule) {
    return switch (rule.likeness()) {
      case MATCHES_ANY -> WholeTexts.match(expr(column), rule.patterns());
      case NOT_MATCHES -> not(WholeTexts.match(expr(column), rule.patterns()));
      case LIKE -> like(column, rule.patterns());
      case NOT_LIKE -> not(like(column, rule.patterns()));
    };
  }

  private static Column like(String column, List<String> patterns) {
    return expr(
        patterns.stream()
            .map(pattern -> "%s LIKE %s".formatted(column, Literals.quoted(pattern)))
            .collect(Collectors.joining(" OR ")));
  }

  private static Optional<String> condition(TableDef table, String name, CheckDef.Rule rule) {
    String column = quoted(name);
    return rule instanceof Length length
        ? Optional.of(length(column, length))
        : comparison(column, () -> type(table, name), rule);
  }

  private static Optional<String> comparison(
      String column, Supplier<ColumnType> type, CheckDef.Rule rule) {
    if (rule instanceof Between between) {
      return Optional.of(between(column, type.get(), between));
    }
    if (rule instanceof In in) {
      return Optional.of(in(column, type.get(), in.values()));
    }
    if (rule instanceof ValueRule.NotIn notIn) {
      return Optional.of("NOT (%s)".formatted(in(column, type.get(), notIn.values())));
    }
    if (rule instanceof ValueRule.Above above) {
      return Optional.of(column + " > " + Literals.sql(type.get(), above.bound()));
    }
    if (rule instanceof ValueRule.Below below) {
      return Optional.of(column + " < " + Literals.sql(type.get(), below.bound()));
    }
    return Optional.empty();
  }

  /** A column by its name, whatever characters that has. */
  static Column column(String name) {
    return col(quoted(name));
  }

  static String quoted(String column) {
    return "`" + column.replace("`", "``") + "`";
  }

  private static ColumnType type(TableDef table, String column) {
    return table.column(column).orElseThrow().type();
  }

  private static String between(String column, ColumnType type, Between rule) {
    List<String> bounds = new ArrayList<>();
    rule.min().ifPresent(min -> bounds.add(column + " >= " + Literals.sql(type, min)));
    rule.max().ifPresent(max -> bounds.add(column + " <= " + Literals.sql(type, max)));
    return String.join(" AND ", bounds);
  }

  /** Characters are only counted where the bytes, one to four for each, do not say enough. */
  private static String length(String column, Length rule) {
    List<String> bounds = new ArrayList<>();
    rule.min().ifPresent(min -> bounds.add(length(column, ">=", 4L * min, min)));
    rule.max().ifPresent(max -> bounds.add(length(column, "<=", max, max)));
    return String.join(" AND ", bounds);
  }

  private static String length(String column, String relation, long bytes, long characters) {
    return "(octet_length(%1$s) %2$s %3$dL OR char_length(%1$s) %2$s %4$dL)"
        .formatted(column, relation, bytes, characters);
  }

  static String in(String column, ColumnType type, List<String> values) {
    return values.stream()
        .map(value -> Literals.sql(type, value))
        .collect(Collectors.joining(", ", column + " IN (", ")"));
  }
}
