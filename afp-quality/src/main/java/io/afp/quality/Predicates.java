package io.afp.quality;

import io.afp.core.definition.CheckDef;
import io.afp.core.definition.CheckDef.Between;
import io.afp.core.definition.CheckDef.In;
import io.afp.core.definition.CheckDef.Length;
import io.afp.core.definition.CheckDef.Matches;
import io.afp.core.definition.CheckDef.Required;
import io.afp.core.definition.CheckDef.Sql;
import io.afp.core.definition.ColumnType;
import io.afp.core.definition.Literals;
import io.afp.core.definition.TableDef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The rules about single rows, in SQL. */
final class Predicates {

  private Predicates() {}

  /**
   * A rule about single rows.
   *
   * @param holds true where a row obeys
   * @param judged true where the rule applies to a row; else false or null
   */
  record Predicate(String holds, String judged) {
    /** True where a row breaks the rule. */
    String broken() {
      return "(%s\n) AND NOT (%s\n)".formatted(judged, holds); // it may end with a comment
    }

    private Predicate where(String condition) {
      return new Predicate(holds, "(%s\n) AND (%s)".formatted(condition, judged));
    }
  }

  /** The predicate of a check; empty for rules about more than one row. */
  static Optional<Predicate> of(TableDef table, CheckDef check) {
    Optional<Predicate> rule = rule(table, check);
    return check.where().isPresent() ? rule.map(p -> p.where(check.where().get())) : rule;
  }

  private static Optional<Predicate> rule(TableDef table, CheckDef check) {
    String column = check.column().map(c -> "`" + c + "`").orElse("");
    String given = column + " IS NOT NULL";
    if (check.rule() instanceof Required) {
      return Optional.of(new Predicate(given, "true"));
    }
    if (check.rule() instanceof Between between) {
      return Optional.of(new Predicate(between(column, type(table, check), between), given));
    }
    if (check.rule() instanceof In in) {
      return Optional.of(new Predicate(in(column, type(table, check), in), given));
    }
    if (check.rule() instanceof Matches matches) {
      String holds = column + " RLIKE " + Literals.quoted(matches.whole());
      return Optional.of(new Predicate(holds, given));
    }
    if (check.rule() instanceof Length length) {
      return Optional.of(new Predicate(length(column, length), given));
    }
    if (check.rule() instanceof Sql sql) {
      return Optional.of(
          new Predicate(sql.predicate(), "(%s\n) IS NOT NULL".formatted(sql.predicate())));
    }
    return Optional.empty();
  }

  private static ColumnType type(TableDef table, CheckDef check) {
    return table.column(check.column().orElseThrow()).orElseThrow().type();
  }

  private static String between(String column, ColumnType type, Between rule) {
    List<String> bounds = new ArrayList<>();
    rule.min().ifPresent(min -> bounds.add(column + " >= " + Literals.sql(type, min)));
    rule.max().ifPresent(max -> bounds.add(column + " <= " + Literals.sql(type, max)));
    return String.join(" AND ", bounds);
  }

  private static String length(String column, Length rule) {
    List<String> bounds = new ArrayList<>();
    rule.min().ifPresent(min -> bounds.add("char_length(%s) >= %dL".formatted(column, min)));
    rule.max().ifPresent(max -> bounds.add("char_length(%s) <= %dL".formatted(column, max)));
    return String.join(" AND ", bounds);
  }

  private static String in(String column, ColumnType type, In rule) {
    return rule.values().stream()
        .map(value -> Literals.sql(type, value))
        .collect(Collectors.joining(", ", column + " IN (", ")"));
  }
}
