package io.afp.core.definition;

import io.afp.core.definition.AnomalyDef.Quantity;
import io.afp.core.definition.CheckDef.Anomaly;
import io.afp.core.definition.CheckDef.Between;
import io.afp.core.definition.CheckDef.Fresh;
import io.afp.core.definition.CheckDef.In;
import io.afp.core.definition.CheckDef.Length;
import io.afp.core.definition.CheckDef.Matches;
import io.afp.core.definition.ColumnType.Kind;
import io.afp.core.error.ErrorCode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The checks of a column, and their literals, fit its type. */
final class CheckTypeRules {

  private final TableContext context;
  private final ColumnDef column;

  private CheckTypeRules(TableContext context, ColumnDef column) {
    this.context = context;
    this.column = column;
  }

  static void check(TableContext context) {
    context.table().declared().forEach(column -> new CheckTypeRules(context, column).check());
  }

  private void check() {
    for (int i = 0; i < column.checks().size(); i++) {
      String path = context.item("columns.%s.checks".formatted(column.name()), i);
      CheckDef.Rule rule = column.checks().get(i).rule();
      if (ColumnShape.isKnown(column.type())) {
        check(path, rule);
      }
      checkPersonal(path, rule);
    }
    if (ColumnShape.isKnown(column.type())) {
      column.entry().rules().forEach(rule -> check("columns." + column.name(), rule));
    }
  }

  private void check(String path, CheckDef.Rule rule) {
    if (rule instanceof In in) {
      checkLiterals(path + ".in", in.values().stream().map(Optional::of).toList());
    } else if (rule instanceof Between between) {
      checkLiterals(path + ".between", List.of(between.min(), between.max()));
      checkOrder(path + ".between", between);
    } else if (rule instanceof Matches || rule instanceof Length) {
      requireText(path, rule);
    } else if (rule instanceof Fresh) {
      requireTime(path, rule);
    } else if (rule instanceof ValueRule of) {
      checkValue(path, of);
    } else if (rule instanceof MetricRule of) {
      checkMetric(path, of);
    } else if (rule instanceof Anomaly anomaly) {
      checkQuantity(path, anomaly);
    }
  }

  private void checkValue(String path, ValueRule rule) {
    String place = path + "." + rule.keyword();
    if (rule instanceof ValueRule.NotIn notIn) {
      checkLiterals(place, notIn.values().stream().map(Optional::of).toList());
    } else if (rule instanceof ValueRule.Above above) {
      checkLiteral(place, above.bound());
    } else if (rule instanceof ValueRule.Below below) {
      checkLiteral(place, below.bound());
    } else if (!(rule instanceof ValueRule.IsNull)) {
      requireText(path, rule);
    }
  }

  private void checkMetric(String path, MetricRule rule) {
    if (rule instanceof MetricRule.DistinctSet set) {
      String place = path + "." + rule.keyword();
      checkLiterals(place, set.values().stream().map(Optional::of).toList());
    } else if (rule instanceof MetricRule.Quantile) {
      requireNumber(path, rule);
    } else if (rule instanceof MetricRule.Statistical statistical) {
      checkStatistic(path, statistical);
    } else if (rule instanceof MetricRule.MostCommon common) {
      checkLiterals(path + ".most_common.in", common.values().stream().map(Optional::of).toList());
    } else if (rule instanceof MetricRule.Distribution distribution) {
      checkDistribution(path, distribution);
    }
  }

  private void checkPersonal(String path, CheckDef.Rule rule) {
    if (column.pii() && rule instanceof MetricRule of && !countsItsOwnLiterals(of)) {
      String fix = "Use between, or unique.";
      String keeper = context.outside() ? "verdict would show" : "ledger would keep";
      report(path, rule, "is personal, and the %s what tells values of it".formatted(keeper), fix);
    }
  }

  private static boolean countsItsOwnLiterals(MetricRule rule) {
    return rule instanceof MetricRule.DistinctSet
        || rule instanceof MetricRule.Distribution of && !of.isOfBefore();
  }

  private void checkDistribution(String path, MetricRule.Distribution rule) {
    if (rule.countsUpTo(column.type())) {
      requireNumber(path, rule);
    } else {
      String place = "%s.%s.of".formatted(path, rule.keyword());
      rule.declared().keySet().forEach(value -> checkLiteral(place, value));
    }
    if (rule.isOfBefore()
        && (context.table().isView() || context.table().write().mode().merges())) {
      report(
          path,
          rule,
          "has no history, because its table is a view or has rows that are merged",
          "Declare the distribution with of.");
    }
  }

  private void checkStatistic(String path, MetricRule.Statistical rule) {
    switch (rule.statistic()) {
      case MIN, MAX -> {
        if (column.type().kind() == Kind.BOOLEAN || column.type().kind() == Kind.BINARY) {
          report(path, rule, "has no order", "Use in or distinct_equals.");
        }
        Stream.of(rule.bounds().min(), rule.bounds().max())
            .flatMap(Optional::stream)
            .forEach(bound -> checkLiteral(path + "." + rule.keyword(), bound));
      }
      case DISTINCT, DISTINCT_SHARE, ENTROPY -> {}
      default -> requireNumber(path, rule);
    }
  }

  private void checkLiteral(String path, String literal) {
    if (!Literals.isValue(column.type(), literal)) {
      reportLiteral(path, literal);
    }
  }

  private void requireNumber(String path, CheckDef.Rule rule) {
    if (!column.type().isNumber()) {
      report(path, rule, "is no number", "Use min, max or distinct, or number for the table.");
    }
  }

  private void checkLiterals(String path, List<Optional<String>> literals) {
    for (int i = 0; i < literals.size(); i++) {
      String place = context.item(path, i);
      literals
          .get(i)
          .filter(text -> !Literals.isValue(column.type(), text))
          .ifPresent(text -> reportLiteral(place, text));
    }
  }

  private void reportLiteral(String path, String text) {
    context.error(
        ErrorCode.WRONG_VALUE,
        path,
        "Cannot judge column %s of %s: '%s' is no value of type %s"
            .formatted(column.name(), context.table().name(), text, column.type()),
        Literals.fix(column.type(), text));
  }

  private void checkOrder(String path, Between rule) {
    boolean both = rule.min().isPresent() && rule.max().isPresent();
    if (both && Literals.isDescending(column.type(), rule.min().get(), rule.max().get())) {
      context.error(
          ErrorCode.WRONG_VALUE,
          path,
          "Cannot judge column %s of %s: the first bound is larger than the second"
              .formatted(column.name(), context.table().name()),
          "Write between: [%s, %s].".formatted(rule.max().get(), rule.min().get()));
    }
  }

  private void requireText(String path, CheckDef.Rule rule) {
    if (column.type().kind() != Kind.STRING) {
      report(path, rule, "is no string", "Use between or in, or sql for the table.");
    }
  }

  private void requireTime(String path, CheckDef.Rule rule) {
    if (!WriteRules.isTime(column.type())) {
      report(
          path,
          rule,
          "is neither a date nor a timestamp",
          "Write the check under a column of type date, timestamp or timestamp_ntz.");
    }
  }

  private void checkQuantity(String path, Anomaly rule) {
    if (rule.watched().of() == Quantity.COMPLETENESS) {
      return;
    }
    String fix = "Write anomaly: completeness, or remove the check.";
    if (!column.type().isNumber()) {
      report(path, rule, "is no number", fix);
    } else if (column.pii()) {
      report(path, rule, "is personal, and the ledger would keep its values", fix);
    }
  }

  private void report(String path, CheckDef.Rule rule, String why, String fix) {
    context.error(
        ErrorCode.CONTRADICTION,
        path + "." + rule.keyword(),
        "Cannot use %s for column %s of %s: the column %s%s"
            .formatted(
                rule.keyword(),
                column.name(),
                context.table().name(),
                why,
                ColumnShape.isKnown(column.type()) ? " (type=%s)".formatted(column.type()) : ""),
        fix);
  }
}
