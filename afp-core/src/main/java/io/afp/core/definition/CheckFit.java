package io.afp.core.definition;

import io.afp.core.definition.MetricRule.Statistic;
import io.afp.core.definition.MetricRule.Statistical;
import io.afp.core.error.Problems;
import io.afp.core.yaml.Document;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether checks can be asked of data: what the language says of a declared table before it is
 * filled, said of columns that are only known when they are there.
 *
 * @param table with the columns of the data
 */
record CheckFit(TableDef table, DataColumns data) {

  /** The columns that a check names, but for those in its SQL. */
  static List<String> columns(CheckDef check) {
    Stream<String> ofRule = Stream.empty();
    if (check.rule() instanceof CheckDef.Key key) {
      ofRule = key.columns().stream();
    } else if (check.rule() instanceof RowRule rule) {
      ofRule = rule.reads().stream();
    } else if (check.rule() instanceof OrderRule rule) {
      ofRule = rule.columns().stream();
    } else if (check.rule() instanceof MetricRule.Association rule) {
      ofRule = rule.columns().stream();
    }
    return Stream.concat(check.column().stream(), ofRule).distinct().toList();
  }

  /** Why a check can't be asked; empty when it can. */
  Optional<String> problem(CheckDef check) {
    return CheckRules.noHistory(check.rule())
        .or(() -> columns(check).stream().flatMap(name -> data.problem(name).stream()).findFirst())
        .or(() -> untyped(check))
        .or(() -> mistyped(check));
  }

  /** Of a column of a type that AFP has not, such as an array, only some things can be told. */
  private Optional<String> untyped(CheckDef check) {
    return check
        .column()
        .filter(name -> !ColumnShape.isKnown(data.type(name)) && !needsNoType(check.rule()))
        .map(name -> "values of type %s can't be judged by it".formatted(data.written(name)));
  }

  private static boolean needsNoType(CheckDef.Rule rule) {
    return rule instanceof CheckDef.Required
        || rule instanceof CheckDef.Key
        || rule instanceof CheckDef.References
        || rule instanceof CheckDef.Custom
        || rule instanceof ValueRule.IsNull
        || rule instanceof Statistical of && of.statistic() == Statistic.DISTINCT;
  }

  private Optional<String> mistyped(CheckDef check) {
    Problems problems = new Problems();
    TableContext context =
        TableContext.outside(only(check), Document.of(Map.of(), table.name().toString(), problems));
    CheckTypeRules.check(context);
    if (check.rule() instanceof RowRule rule) {
      new RowRuleTypes(context, rule).check("checks");
    } else if (check.rule() instanceof MetricRule.Association rule) {
      new AssociationTypes(context, rule).check("checks");
    }
    return problems.all().stream().map(problem -> why(problem.message())).findFirst();
  }

  private TableDef only(CheckDef check) {
    return table.withColumns(
        table.columns().stream()
            .map(c -> c.withChecks(c.checks().stream().filter(check::equals).toList()))
            .toList());
  }

  /** The reason in a message, without what it is that can't be done. */
  private static String why(String message) {
    return message.substring(message.indexOf(": ") + 2);
  }
}
