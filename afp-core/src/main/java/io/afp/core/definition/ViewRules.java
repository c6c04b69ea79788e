package io.afp.core.definition;

import io.afp.core.error.ErrorCode;
import java.util.List;

/** A view is a query and nothing else, so what is said about rows that are kept has no place. */
final class ViewRules {

  private static final String MODE = "write.mode";
  private static final List<String> OF_ROWS =
      List.of(
          "partition_by",
          "sort_by",
          "layout",
          "write.interval_column",
          "write.on_schema_change",
          "write.lookback");

  private static final String FILL_BY_QUERY =
      "Fill it by a SQL file beside it, or write another mode.";

  private ViewRules() {}

  static void check(TableContext context) {
    TableDef table = context.table();
    if (!table.isView()) {
      return;
    }
    if (context.has("from")) {
      report(context, MODE, "files fill it", FILL_BY_QUERY);
    }
    table
        .model()
        .filter(model -> !(model instanceof ModelDef.Query))
        .ifPresent(model -> report(context, MODE, model.title() + " fills it", FILL_BY_QUERY));
    for (String path : OF_ROWS) {
      if (context.has(path)) {
        report(
            context,
            path,
            "it has no rows of its own",
            "Remove %s, or write another mode."
                .formatted(path.substring(path.lastIndexOf('.') + 1)));
      }
    }
  }

  private static void report(TableContext context, String path, String why, String fix) {
    String message = "Cannot make %s a view: %s".formatted(context.table().name(), why);
    context.error(ErrorCode.CONTRADICTION, path, message, fix);
  }
}
