package io.afp.ingestion.jdbc;

import io.afp.core.definition.JdbcSourceDef.Deletes;
import io.afp.core.ledger.InputText;
import io.afp.core.spi.Inputs.SourceInput;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * What tells one state of a source that is read by its watermark from the next.
 *
 * @param highest the greatest watermark
 * @param overlap how many rows have it, or lie in the overlap behind it, where such are read again
 * @param unplaced how many rows have no watermark
 * @param rows how many rows there are, where keys are compared; else 0
 */
record SourceState(Optional<String> highest, long overlap, long unplaced, long rows) {

  static SourceState of(SourceSession session, Watermarking watermark) throws SQLException {
    Optional<String> highest = watermark.highest();
    boolean overlaps = highest.isPresent() && watermark.readsAgain();
    boolean compares = session.source().deletes() == Deletes.COMPARE;
    return new SourceState(
        highest,
        overlaps ? watermark.inOverlap(highest.get()) : 0,
        watermark.unplaced(),
        compares ? session.count("SELECT count(*) FROM " + session.from()) : 0);
  }

  /** The state now; of a source without a watermark nobody knows whether it is another one. */
  static SourceInput now(SourceSession session) throws SQLException {
    Optional<Watermarking> watermark = Watermarking.of(session);
    return watermark.isPresent()
        ? of(session, watermark.get()).input(watermark.get())
        : new SourceInput(session.source().title(), InputText.READ_AT + Instant.now());
  }

  SourceInput input(Watermarking watermark) {
    String version =
        "%s %s".formatted(watermark.column().name(), highest.orElse("has no value"))
            + (overlap > 1 ? watermark.again(overlap) : "")
            + (unplaced > 0 ? ", %d rows without".formatted(unplaced) : "")
            + (rows > 0 ? ", %d rows".formatted(rows) : "");
    return new SourceInput(watermark.identity(), version);
  }
}
