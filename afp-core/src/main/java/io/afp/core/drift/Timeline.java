package io.afp.core.drift;

import io.afp.core.ledger.SchemaVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The versions of a source in the time of its data, because an old interval may be loaded again
 * after newer ones.
 */
final class Timeline {

  private static final Comparator<SchemaVersion> BY_TIME = Comparator.comparing(Timeline::start);

  private final List<SchemaVersion> versions;

  /** These versions, in the order in which they were found. */
  Timeline(List<SchemaVersion> found) {
    this.versions = new ArrayList<>(found);
  }

  private static Instant start(SchemaVersion version) {
    return version.start().orElse(Instant.MIN);
  }

  void add(SchemaVersion version) {
    versions.add(version);
  }

  /** What holds at a time: the newest version that is not later; of one time the one found last. */
  Optional<SchemaVersion> at(Optional<Instant> time) {
    Instant latest = time.orElse(Instant.MAX);
    return versions.stream()
        .filter(version -> !start(version).isAfter(latest))
        .reduce((a, b) -> BY_TIME.compare(a, b) <= 0 ? b : a);
  }

  /** The earliest version after a time before which nothing is known. */
  Optional<SchemaVersion> after(Optional<Instant> time) {
    Instant earliest = time.orElse(Instant.MAX);
    return versions.stream()
        .filter(version -> start(version).isAfter(earliest))
        .reduce((a, b) -> BY_TIME.compare(b, a) <= 0 ? b : a);
  }

  /** The newest version in which the source has a column. */
  Optional<SchemaVersion> lastWith(String column) {
    return versions.stream()
        .filter(version -> version.present(column).isPresent())
        .max(BY_TIME.thenComparing(SchemaVersion::number));
  }
}
