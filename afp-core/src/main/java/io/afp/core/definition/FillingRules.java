package io.afp.core.definition;

import io.afp.core.error.ErrorCode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A table is filled by files, a query or a class, and by one of them only. */
final class FillingRules {

  private FillingRules() {}

  static void check(TableContext context) {
    List<String> keys = Stream.of("from", "model").filter(context::has).toList();
    Optional<ModelDef> beside =
        context.table().model().filter(model -> !(model instanceof ModelDef.JavaClass));
    List<String> all =
        Stream.concat(keys.stream(), beside.stream().map(FillingRules::words)).toList();
    if (all.size() > 1) {
      report(
          context,
          ErrorCode.CONTRADICTION,
          keys.get(0),
          "it has %s".formatted(String.join(" and ", all)),
          "Keep one of them.");
    } else if (all.isEmpty()) {
      report(
          context,
          ErrorCode.MISSING_FILE,
          "",
          "it has neither from nor model nor a query",
          "Add %s.sql beside it, from or model.".formatted(context.table().name().name()));
    }
    beside
        .filter(model -> model instanceof ModelDef.Query q && SqlText.normalised(q.sql()).isEmpty())
        .ifPresent(model -> reportEmpty(context, model));
  }

  private static String words(ModelDef model) {
    return model instanceof ModelDef.Query query
        ? "a query (query=%s)".formatted(query.file())
        : model.title();
  }

  private static void reportEmpty(TableContext context, ModelDef model) {
    report(
        context,
        ErrorCode.WRONG_VALUE,
        "",
        "its query is empty (query=%s)".formatted(model.location().file()),
        "Write a SELECT that gives the declared columns.");
  }

  private static void report(
      TableContext context, ErrorCode code, String path, String why, String fix) {
    context.error(
        code, path, "Cannot fill table %s: %s".formatted(context.table().name(), why), fix);
  }
}
