package io.afp.core.ledger;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a rule measured in some rows. Metrics of disjoint sets of rows add up.
 *
 * @param name the name of the check, or {@code rows}
 * @param matches the rows that obey
 * @param judged the rows that were judged
 * @param newest the newest value among them, where the rule asks for it; a date or a local time as
 *     if it were in UTC
 */
public record Metric(String name, long matches, long judged, Optional<Instant> newest) {

  /** The metric of a rule that counts rows. */
  public Metric(String name, long matches, long judged) {
    this(name, matches, judged, Optional.empty());
  }

  /** The metric of both sets of rows together. */
  public Metric plus(Metric other) {
    Optional<Instant> last =
        Stream.of(newest, other.newest).flatMap(Optional::stream).max(Instant::compareTo);
    return new Metric(name, matches + other.matches, judged + other.judged, last);
  }
}
