package io.afp.core.definition;

import io.afp.core.definition.CheckDef.Rows;
import io.afp.core.error.ErrorCode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The checks of a table have names of their own. */
final class CheckRules {

  private final TableContext context;
  private final Set<String> names = new HashSet<>();

  private CheckRules(TableContext context) {
    this.context = context;
  }

  static void check(TableContext context) {
    CheckRules rules = new CheckRules(context);
    for (ColumnDef column : context.table().columns()) {
      rules.checkAll("columns.%s.checks".formatted(column.name()), column.checks());
    }
    rules.checkAll("checks", context.table().checks());
  }

  private void checkAll(String path, List<CheckDef> checks) {
    for (int i = 0; i < checks.size(); i++) {
      String place = context.item(path, i);
      checkName(place, checks.get(i));
      checkRows(place, checks.get(i));
    }
  }

  private void checkName(String path, CheckDef check) {
    if (!names.add(check.name())) {
      context.error(
          ErrorCode.DUPLICATE_NAME,
          path,
          "Cannot use check name %s: it is there twice in %s"
              .formatted(check.name(), context.table().name()),
          "Give this check a name of its own.");
    }
  }

  private void checkRows(String path, CheckDef check) {
    if (check.rule() instanceof Rows && context.has(path + ".at_least")) {
      context.error(
          ErrorCode.CONTRADICTION,
          path + ".at_least",
          "Cannot use at_least for rows in %s: a number of rows has no share"
              .formatted(context.table().name()),
          "Remove at_least.");
    }
  }
}
