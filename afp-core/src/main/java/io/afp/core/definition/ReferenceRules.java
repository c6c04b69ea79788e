package io.afp.core.definition;

import io.afp.core.definition.CheckDef.References;
import io.afp.core.error.ErrorCode;
import io.afp.core.yaml.Nearest;
import java.util.List;
import java.util.Optional;

/** What a check refers to is defined somewhere. */
final class ReferenceRules {

  private final TableContext context;
  private final KnownTables known;

  private ReferenceRules(TableContext context, KnownTables known) {
    this.context = context;
    this.known = known;
  }

  static void check(TableContext context, KnownTables known) {
    ReferenceRules rules = new ReferenceRules(context, known);
    context.table().columns().forEach(rules::check);
    rules.checkTable(context.table().checks());
  }

  private void checkTable(List<CheckDef> checks) {
    for (int i = 0; i < checks.size(); i++) {
      if (checks.get(i).rule() instanceof TableRule.SameRows rule
          && known.columns(rule.table()).isEmpty()) {
        reportTable(context.item("checks", i) + ".same_rows_as", rule.table());
      }
    }
  }

  private void check(ColumnDef column) {
    for (int i = 0; i < column.checks().size(); i++) {
      String path = context.item("columns.%s.checks".formatted(column.name()), i);
      if (column.checks().get(i).rule() instanceof References target) {
        check(path + ".references", target);
      }
    }
  }

  private void check(String path, References target) {
    Optional<List<String>> columns = known.columns(target.table());
    if (columns.isEmpty()) {
      reportTable(path, target.table());
    } else if (!columns.get().isEmpty() && !columns.get().contains(target.column())) {
      reportColumn(path, target, columns.get());
    }
  }

  private void reportTable(String path, TableName table) {
    List<String> names = known.names().stream().map(TableName::toString).toList();
    context.error(
        ErrorCode.UNKNOWN_TABLE,
        path,
        "Cannot refer to table %s: no pipeline of the project defines it".formatted(table),
        Nearest.fix(table.toString(), names, "Name a table that is defined, or define this one."));
  }

  private void reportColumn(String path, References target, List<String> columns) {
    context.error(
        ErrorCode.UNKNOWN_COLUMN,
        path,
        "Cannot refer to column %s of %s: the table has no such column"
            .formatted(target.column(), target.table()),
        Nearest.fix(
            target.column(), columns, "Columns: %s.".formatted(String.join(", ", columns))));
  }
}
