package io.afp.quality;

import io.afp.core.definition.CheckDef;
import io.afp.core.definition.TableRule;
import io.afp.core.definition.TableRule.Columns;
import io.afp.core.error.Count;
import io.afp.core.ledger.Verdict;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/** Judges the columns of a table by its schema; no row is read. */
record ColumnsRule(CheckDef check, List<String> columns) {

  Verdict judge() {
    if (check.rule() instanceof TableRule.ColumnCount rule) {
      return verdict(
          rule.bounds().allow(BigDecimal.valueOf(columns.size())),
          "there are %s, allowed is %s"
              .formatted(Count.of(columns.size(), "column"), rule.bounds()));
    }
    return check.rule() instanceof TableRule.ColumnNames rule
        ? judge(rule)
        : judge((Columns) check.rule());
  }

  private Verdict judge(TableRule.ColumnNames rule) {
    List<String> others = columns.stream().filter(name -> !name.matches(rule.regex())).toList();
    return verdict(
        others.isEmpty(),
        "of %s %s do not match `%s`"
            .formatted(Count.of(columns.size(), "column"), others, rule.regex()));
  }

  private Verdict judge(Columns rule) {
    boolean passed =
        switch (rule.match()) {
          case EXACTLY -> columns.equals(rule.columns());
          case SET -> Set.copyOf(columns).equals(Set.copyOf(rule.columns()));
          case CONTAIN -> columns.containsAll(rule.columns());
        };
    List<String> missing = rule.columns().stream().filter(c -> !columns.contains(c)).toList();
    List<String> more = columns.stream().filter(c -> !rule.columns().contains(c)).toList();
    return verdict(
        passed,
        "of the columns %s %s are missing, %s are there besides; in this order: %s"
            .formatted(rule.columns(), missing, more, columns));
  }

  private Verdict verdict(boolean passed, String message) {
    return new Verdict(
        check, DeequJudge.status(check, passed), columns.size(), 0, "metadata", message, List.of());
  }
}
