package io.afp.core.definition;

import io.afp.core.error.ErrorCode;
import io.afp.core.yaml.Nearest;
import io.afp.core.yaml.Value;
import java.util.List;
import java.util.stream.Stream;

/** Every column that a table names is declared. */
final class ColumnRules {

  private ColumnRules() {}

  static void check(TableContext context) {
    if (context.root().find("columns").filter(Value::isEmptyMapping).isPresent()) {
      context.error(
          ErrorCode.MISSING_KEY,
          "columns",
          "Cannot define table %s: it has no column".formatted(context.table().name()),
          "Add at least one column such as id: { type: long }.");
    } else if (!context.columnNames().isEmpty()) {
      checkNames(context);
    }
  }

  private static void checkNames(TableContext context) {
    TableDef table = context.table();
    checkList(context, "key", table.key());
    checkAll(
        context, "partition_by", table.partitionBy().stream().map(PartitionField::column).toList());
    checkList(context, "sort_by", table.sortBy().stream().map(SortField::column).toList());
    table.write().intervalColumn().ifPresent(c -> check(context, "write.interval_column", c));
    table.write().asOf().ifPresent(c -> check(context, "write.as_of", c));
    table.write().deleteFlag().ifPresent(c -> check(context, "write.delete_flag", c));
    table.serve().ifPresent(serve -> checkIndexes(context, serve.indexes()));
  }

  private static void checkIndexes(TableContext context, List<List<String>> indexes) {
    for (int i = 0; i < indexes.size(); i++) {
      checkAll(context, context.item("serve.indexes", i), indexes.get(i));
    }
  }

  /** Columns that are declared, each of them once. */
  static void checkList(TableContext context, String path, List<String> columns) {
    checkAll(context, path, columns);
    for (int i = 0; i < columns.size(); i++) {
      if (columns.indexOf(columns.get(i)) < i) {
        reportTwice(context, context.item(path, i), columns.get(i));
      }
    }
  }

  private static void reportTwice(TableContext context, String path, String column) {
    context.error(
        ErrorCode.DUPLICATE_NAME,
        path,
        "Cannot use column %s in %s of %s: it is there twice"
            .formatted(column, list(path), context.table().name()),
        "Keep one of the two.");
  }

  private static String list(String path) {
    return path.replaceFirst("\\[.*", "");
  }

  private static void checkAll(TableContext context, String path, List<String> columns) {
    for (int i = 0; i < columns.size(); i++) {
      if (!isOfHistory(context.table(), columns.get(i))) {
        check(context, context.item(path, i), columns.get(i));
      }
    }
  }

  private static boolean isOfHistory(TableDef table, String column) {
    return table.write().mode().keepsHistory() && HistoryColumns.NAMES.contains(column);
  }

  private static void requireWritten(TableContext context, String path, String column) {
    if (context.table().isDropped(column)) {
      context.error(
          ErrorCode.CONTRADICTION,
          path,
          "Cannot use column %s in %s of %s: it is never written (pii=drop)"
              .formatted(column, list(path), context.table().name()),
          "Write pii: hash, or another column.");
    }
  }

  static void check(TableContext context, String path, String column) {
    List<String> declared =
        Stream.concat(context.columnNames().stream(), context.table().metadata().names().stream())
            .toList();
    if (context.outside() || declared.contains(column)) {
      requireWritten(context, path, column);
      return;
    }
    context.error(
        ErrorCode.UNKNOWN_COLUMN,
        path,
        "Cannot use column %s in %s of %s: it is not declared"
            .formatted(column, list(path), context.table().name()),
        Nearest.fix(column, declared, "Declare it under columns, or name one that is declared."));
  }
}
