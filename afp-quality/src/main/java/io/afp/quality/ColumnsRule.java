package io.afp.quality;

import io.afp.core.definition.CheckDef;
import io.afp.core.definition.TableRule.Columns;
import io.afp.core.ledger.Verdict;
import java.util.List;
import java.util.Set;

/** Judges the columns of a table by its schema; no row is read. */
record ColumnsRule(CheckDef check, Columns rule) {

  Verdict judge(List<String> columns) {
    boolean passed =
        switch (rule.match()) {
          case EXACTLY -> columns.equals(rule.columns());
          case SET -> Set.copyOf(columns).equals(Set.copyOf(rule.columns()));
          case CONTAIN -> columns.containsAll(rule.columns());
        };
    List<String> missing = rule.columns().stream().filter(c -> !columns.contains(c)).toList();
    List<String> more = columns.stream().filter(c -> !rule.columns().contains(c)).toList();
    return new Verdict(
        check,
        DeequJudge.status(check, passed),
        columns.size(),
        0,
        "metadata",
        "of the columns %s %s are missing, %s are there besides; in this order: %s"
            .formatted(rule.columns(), missing, more, columns),
        List.of());
  }
}
