package io.afp.core.definition;

import io.afp.core.definition.ColumnType.Kind;
import io.afp.core.definition.WriteDef.OnRerun;
import io.afp.core.definition.WriteDef.WriteMode;
import io.afp.core.error.ErrorCode;
import java.util.EnumSet;
import java.util.Set;

/** The keys of {@code write} fit each other and the pipeline. */
final class WriteRules {

  private static final String COLUMN = "write.interval_column";
  private static final String ON_RERUN = "write.on_rerun";
  private static final Set<Kind> TIMES = EnumSet.of(Kind.DATE, Kind.TIMESTAMP, Kind.TIMESTAMP_NTZ);

  private WriteRules() {}

  static void check(TableContext context) {
    checkRerun(context);
    context.table().intervalColumn().ifPresent(column -> checkType(context, column));
    if (context.table().hasInterval() && !context.hasInterval()) {
      context.error(
          ErrorCode.CONTRADICTION,
          COLUMN,
          "Cannot write %s by interval: the pipeline has no interval"
              .formatted(context.table().name()),
          "Add interval: { unit: month } to pipeline.yaml, or remove interval_column.");
    }
  }

  static boolean isTime(ColumnType type) {
    return TIMES.contains(type.kind());
  }

  private static void checkRerun(TableContext context) {
    WriteDef write = context.table().write();
    if (write.mode() != WriteMode.APPEND && context.has(ON_RERUN)) {
      context.error(
          ErrorCode.CONTRADICTION,
          ON_RERUN,
          "Cannot use on_rerun for %s: only append has it (mode=%s)"
              .formatted(context.table().name(), write.mode().word()),
          "Remove on_rerun; the other modes may always run again.");
    } else if (write.onRerun() == OnRerun.REPLACE && !context.table().hasInterval()) {
      context.error(
          ErrorCode.CONTRADICTION,
          ON_RERUN,
          "Cannot replace the rows of a rerun of %s: without interval_column they are not known"
              .formatted(context.table().name()),
          "Add interval_column, or write on_rerun: refuse.");
    }
  }

  private static void checkType(TableContext context, ColumnDef column) {
    if (isTime(column.type())) {
      return;
    }
    context.error(
        ErrorCode.CONTRADICTION,
        COLUMN,
        "Cannot write %s by interval: column %s is neither a date nor a timestamp (type=%s)"
            .formatted(context.table().name(), column.name(), column.type()),
        "Name a column of type date, timestamp or timestamp_ntz.");
  }
}
