package io.afp.core.definition;

import io.afp.core.definition.WriteDef.OnRerun;
import io.afp.core.definition.WriteDef.WriteMode;
import io.afp.core.error.ErrorCode;

/** Only intervals that may be done again can be looked back on. */
final class LookbackRules {

  private static final String LOOKBACK = "write.lookback";
  private static final int MOST = 1000;

  private LookbackRules() {}

  static void check(TableContext context) {
    WriteDef write = context.table().write();
    if (context.table().isView() || !context.has(LOOKBACK)) {
      return;
    }
    if (!context.table().hasInterval() && !context.has("write.interval_column")) {
      report(
          context,
          "without interval_column there is nothing before",
          "Add interval_column, or remove lookback.");
    }
    if (write.mode() == WriteMode.APPEND && write.onRerun() == OnRerun.REFUSE) {
      report(
          context,
          "append refuses an interval that is there (on_rerun=refuse)",
          "Add on_rerun: replace, or write mode: replace.");
    }
    if (write.lookback() > MOST) {
      report(
          context,
          "that is more than %d intervals (lookback=%d)".formatted(MOST, write.lookback()),
          "Write as many as rows are late; `afp backfill --restate` does more.");
    }
  }

  private static void report(TableContext context, String why, String fix) {
    String message = "Cannot look back in %s: %s".formatted(context.table().name(), why);
    context.error(ErrorCode.CONTRADICTION, LOOKBACK, message, fix);
  }
}
