package io.afp.core.definition;

import io.afp.core.definition.MetricRule.Association;
import io.afp.core.definition.MetricRule.Link;
import io.afp.core.error.ErrorCode;

/** The columns of a rule about two of them are there, not personal, and of types that it judges. */
record AssociationTypes(TableContext context, Association rule) {

  void check(String path) {
    ColumnRules.checkList(context, path + ".of", rule.columns());
    rule.columns().stream()
        .flatMap(name -> context.table().column(name).stream())
        .forEach(column -> check(path + ".of", column));
  }

  private void check(String path, ColumnDef column) {
    boolean isNumber = !ColumnShape.isKnown(column.type()) || column.type().isNumber();
    if (column.pii()) {
      String keeper = context.outside() ? "verdict would show" : "ledger would keep";
      report(path, column, "is personal, and the %s what tells values of it".formatted(keeper));
    } else if (rule.link() == Link.CORRELATION && !isNumber) {
      report(path, column, "is no number (type=%s)".formatted(column.type()));
    }
  }

  private void report(String path, ColumnDef column, String why) {
    context.error(
        ErrorCode.CONTRADICTION,
        path,
        "Cannot use %s for column %s of %s: the column %s"
            .formatted(rule.keyword(), column.name(), context.table().name(), why),
        "Name another column, or remove the check.");
  }
}
