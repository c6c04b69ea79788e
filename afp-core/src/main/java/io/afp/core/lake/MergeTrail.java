package io.afp.core.lake;

import io.afp.core.definition.TableDef;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/**
 * Whether a table whose rows are merged, and the one that is kept beside it, are as the last run
 * left them.
 *
 * <p>A merge takes the one for the result of all merges before it, and the other for what was given
 * to them; anything else doubles or loses rows silently. So the snapshot of each merge names the
 * snapshot of the table beside that belongs to it. The ids are Iceberg's: they are the same on
 * every branch, and a release that is rolled back to has both.
 *
 * @param observed the table beside; empty when there is none
 */
record MergeTrail(TableDef definition, Table table, Optional<Table> observed) {

  /** Names the snapshot of the table beside, in the summary of a merge. */
  static final String BESIDE = "afp.observed";

  /** Names, in the summary of a snapshot that AFP wrote anew, the one that has the same rows. */
  static final String SAME_ROWS = "afp.same-rows";

  private static final String NONE = "none";

  /** What the next merge writes as {@link #BESIDE}. */
  String beside() {
    return observed.map(MergeTrail::changed).orElse(NONE);
  }

  /**
   * Refuses to go on when somebody else changed rows of one of the tables. Tables without any row
   * are as good as new.
   *
   * @throws AfpException CHANGED_BY_OTHERS
   */
  void requireUnbroken() {
    if (isForgotten(table)) {
      return;
    }
    Optional<String> named = lastChange(table).map(s -> s.summary().get(BESIDE));
    if (named.isEmpty() && !both().allMatch(LakeTables::isEmpty)) {
      throw broken(
          "rows of it were changed by something else than a run (snapshot=%s)"
              .formatted(changed(table)));
    }
    boolean comparable = observed.filter(MergeTrail::isForgotten).isEmpty();
    if (named.isPresent() && comparable && !named.get().equals(beside())) {
      throw broken(
          "%s, which belongs to it, %s (snapshot=%s, of the last run=%s)"
              .formatted(
                  definition.name().observed(),
                  observed.isEmpty() ? "is gone" : "was changed by something else than a run",
                  beside(),
                  named.get()));
    }
  }

  private Stream<Table> both() {
    return Stream.concat(Stream.of(table), observed.stream());
  }

  /** The id of the snapshot in which rows changed last. */
  static String changed(Table table) {
    return lastChange(table)
        .map(s -> s.summary().getOrDefault(SAME_ROWS, Long.toString(s.snapshotId())))
        .orElse(NONE);
  }

  /** The snapshot in which rows changed last, or the oldest of those that are still there. */
  private static Optional<Snapshot> lastChange(Table table) {
    Snapshot last = table.currentSnapshot();
    while (isRewrite(last) && last.parentId() != null && table.snapshot(last.parentId()) != null) {
      last = table.snapshot(last.parentId());
    }
    return Optional.ofNullable(last);
  }

  /** Whether others only wrote files anew, and a clean took away the snapshot before. */
  private static boolean isForgotten(Table table) {
    return lastChange(table)
        .filter(MergeTrail::isRewrite)
        .filter(s -> !s.summary().containsKey(SAME_ROWS))
        .isPresent();
  }

  private static boolean isRewrite(Snapshot snapshot) {
    return snapshot != null && DataOperations.REPLACE.equals(snapshot.operation());
  }

  private AfpException broken(String why) {
    return AfpException.at(
        Location.file(definition.file()),
        ErrorCode.CHANGED_BY_OTHERS,
        "Cannot merge into table %s: %s".formatted(definition.name(), why),
        "Go back to a release from before the change: afp rollback --to N (afp releases has the"
            + " numbers), or build the table anew: afp run … --full-refresh --select "
            + definition.name());
  }
}
