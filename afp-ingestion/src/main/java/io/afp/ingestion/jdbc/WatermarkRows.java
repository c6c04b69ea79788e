package io.afp.ingestion.jdbc;

import io.afp.core.definition.TableDef;
import io.afp.core.definition.WriteDef.WriteMode;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.error.Problem;
import io.afp.core.ledger.Watermark;
import io.afp.core.spi.StepContext;
import io.afp.core.spi.StepContext.Mark;
import java.sql.SQLException;
import java.util.Optional;

/** The rows of a source that are newer than those that the table has. */
final class WatermarkRows {

  /** The watermark of a source that was empty: the first rows are news then. */
  private static final String NOTHING = "";

  private final StepContext step;
  private final Watermarking watermark;
  private final SourceState state;
  private final Optional<String> last;

  WatermarkRows(StepContext step, SourceSession session, Watermarking watermark)
      throws SQLException {
    this.step = step;
    this.watermark = watermark;
    this.state = SourceState.of(session, watermark);
    this.last = step.watermark().map(this::valueOf).filter(value -> !value.equals(NOTHING));
    if (state.unplaced() > 0) {
      sayUnplaced();
    }
    last.filter(this::isAbove).ifPresent(this::sayFallen);
  }

  /** Whether the source has no value any more that is as great as one that it had. */
  private boolean isAbove(String before) {
    return state.highest().filter(now -> greater(now, before).equals(now)).isEmpty();
  }

  private void sayFallen(String before) {
    step.warn(
        Problem.warning(
            ErrorCode.WATERMARK_FELL,
            "Source %s ends before the watermark: rows below it are not read (watermark=%s, greatest=%s, column=%s)"
                .formatted(
                    step.table().name(),
                    before,
                    state.highest().orElse("none"),
                    watermark.column().name()),
            Location.file(step.table().file()),
            "If its last rows were deleted, all is well. If it was emptied, restored or counts anew,"
                + " build the table anew by --full-refresh."));
  }

  /** A watermark of another source says nothing about this one. */
  private String valueOf(Watermark before) {
    if (before.source().equals(watermark.identity())) {
      return before.value();
    }
    throw AfpException.at(
        Location.file(step.table().file()),
        ErrorCode.CONTRADICTION,
        "Cannot append to table %s: its rows are of another source (was=%s, now=%s)"
            .formatted(step.table().name(), before.source(), watermark.identity()),
        "Build the table anew by --full-refresh, or go back to the source that it had.");
  }

  private void sayUnplaced() {
    TableDef table = step.table();
    String message =
        "%d rows of source %s have no watermark (column=%s)"
            .formatted(state.unplaced(), table.name(), watermark.column().name());
    if (table.write().mode() == WriteMode.APPEND) {
      throw new AfpException(
          ErrorCode.ROWS_UNPLACED,
          "Cannot append to table %s: %s".formatted(table.name(), message),
          "Give them a value, or use mode upsert, which reads them with each run.");
    }
    step.warn(
        Problem.warning(
            ErrorCode.ROWS_UNPLACED,
            message,
            Location.file(table.file()),
            "They are read with each run. Give them a value, or write a query that does."));
  }

  /** Which rows are read. */
  String condition() {
    return watermark.condition(last, state.highest());
  }

  /** Has the ledger know what was read, once the rows are published. */
  void record() {
    String value =
        state
            .highest()
            .map(high -> last.map(low -> greater(low, high)).orElse(high))
            .or(() -> last)
            .orElse(NOTHING);
    step.hasRead(state.input(watermark), new Mark(watermark.identity(), value));
  }

  private String greater(String low, String high) {
    return Values.greater(watermark.column().kind(), low, high);
  }
}
