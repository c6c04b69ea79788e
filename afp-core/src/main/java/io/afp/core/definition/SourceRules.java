package io.afp.core.definition;

import io.afp.core.error.ErrorCode;
import java.util.List;

/** What only a source has is in sources only, and its file pattern fits the pipeline. */
final class SourceRules {

  private static final List<String> OF_FILES = SourceShape.keysOfFiles();

  private SourceRules() {}

  static void check(TableContext context) {
    if (context.has("from")) {
      context.table().fileSource().ifPresent(source -> checkFiles(context, source));
      context.table().jdbcSource().ifPresent(source -> checkJdbc(context, source));
      context.table().customSource().ifPresent(source -> checkCustom(context, source));
      checkKey(context);
    } else {
      context.table().declared().forEach(column -> checkExpr(context, column));
      checkRejects(context);
    }
  }

  private static void checkJdbc(TableContext context, JdbcSourceDef source) {
    refuseKeysOfFiles(context);
    JdbcRules.check(context, source);
  }

  private static void checkCustom(TableContext context, CustomSourceDef source) {
    refuseKeysOfFiles(context);
    if (source.onChange() != OnChange.RELOAD && !context.table().hasInterval()) {
      context.error(
          ErrorCode.CONTRADICTION,
          "from.on_change",
          "Cannot use on_change for %s: a table without intervals is read whenever its source has changed"
              .formatted(context.table().name()),
          "Remove it, or add write.interval_column.");
    }
    if (context.table().write().mode() == WriteDef.WriteMode.APPEND
        && !context.table().hasInterval()) {
      context.error(
          ErrorCode.CONTRADICTION,
          "write.mode",
          "Cannot append to %s: its source gives all rows again with each run"
              .formatted(context.table().name()),
          "Add write.interval_column, or use mode replace or upsert.");
    }
  }

  private static void refuseKeysOfFiles(TableContext context) {
    OF_FILES.stream()
        .map("from."::concat)
        .filter(context::has)
        .forEach(
            path ->
                context.error(
                    ErrorCode.CONTRADICTION,
                    path,
                    "Cannot use %s for %s: only files have it"
                        .formatted(path, context.table().name()),
                    "Remove it."));
  }

  private static void checkFiles(TableContext context, FileSourceDef source) {
    if (!context.has("from.format")) {
      context.error(
          ErrorCode.MISSING_KEY,
          "from",
          "Cannot read from: the key 'format' is missing",
          "Add 'format', such as csv.");
    }
    FilePattern pattern = new FilePattern(source.files());
    pattern.complaint().ifPresent(why -> reportFiles(context, ErrorCode.WRONG_VALUE, why));
    if (pattern.hasInterval() && !context.hasInterval()) {
      reportFiles(context, ErrorCode.CONTRADICTION, "the pipeline has no interval");
    }
    FileRules.check(context, source);
  }

  private static void reportFiles(TableContext context, ErrorCode code, String why) {
    context.error(
        code,
        "from.files",
        "Cannot list the files of %s: %s".formatted(context.table().name(), why),
        "Write a pattern such as ${interval:yyyy-MM} in a pipeline with an interval.");
  }

  private static void checkExpr(TableContext context, ColumnDef column) {
    if (column.expr().isPresent()) {
      context.error(
          ErrorCode.CONTRADICTION,
          "columns.%s.expr".formatted(column.name()),
          "Cannot use expr for column %s of %s: only a source has it"
              .formatted(column.name(), context.table().name()),
          "Compute the column in the model.");
    }
  }

  private static void checkRejects(TableContext context) {
    if (context.has("rejects")) {
      context.error(
          ErrorCode.CONTRADICTION,
          "rejects",
          "Cannot use rejects for %s: only a source has it".formatted(context.table().name()),
          "Remove rejects, or write a check with at_least.");
    }
  }

  private static void checkKey(TableContext context) {
    List<String> key = context.table().key();
    for (int i = 0; i < key.size(); i++) {
      String path = context.item("key", i);
      context
          .table()
          .column(key.get(i))
          .filter(column -> !column.required())
          .ifPresent(column -> warnNullableKey(context, path, column));
    }
  }

  private static void warnNullableKey(TableContext context, String path, ColumnDef column) {
    context.warning(
        ErrorCode.CONTRADICTION,
        path,
        "Column %s in the key of %s may be null, and a row with null breaks the key"
            .formatted(column.name(), context.table().name()),
        "Write required: true, so that such rows are rejected on the way in.");
  }
}
