package io.afp.core.definition;

import io.afp.core.error.ErrorCode;
import java.util.Optional;

/** A table is filled by files or by a query, and by one of them only. */
final class FillingRules {

  private FillingRules() {}

  static void check(TableContext context) {
    Optional<ModelDef> model = context.table().model();
    if (model.isPresent() && context.has("from")) {
      report(
          context,
          ErrorCode.CONTRADICTION,
          "from",
          "it has both from and a query (query=%s)".formatted(model.get().file()),
          "Remove from, or the SQL file.");
    } else if (model.isEmpty() && !context.has("from")) {
      report(
          context,
          ErrorCode.MISSING_FILE,
          "",
          "it has neither from nor a query",
          "Add %s.sql beside it, or from.".formatted(context.table().name().name()));
    }
    model
        .filter(m -> SqlText.normalised(m.sql()).isEmpty())
        .ifPresent(m -> reportEmpty(context, m));
  }

  private static void reportEmpty(TableContext context, ModelDef model) {
    report(
        context,
        ErrorCode.WRONG_VALUE,
        "",
        "its query is empty (query=%s)".formatted(model.file()),
        "Write a SELECT that gives the declared columns.");
  }

  private static void report(
      TableContext context, ErrorCode code, String path, String why, String fix) {
    context.error(
        code, path, "Cannot fill table %s: %s".formatted(context.table().name(), why), fix);
  }
}
