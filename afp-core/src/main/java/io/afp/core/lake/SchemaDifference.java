package io.afp.core.lake;

import io.afp.core.definition.WriteDef.OnSchemaChange;
import java.util.EnumSet;
import java.util.Set;

/**
 * One way in which a table differs from its declaration.
 *
 * @param column empty for the partitions
 * @param detail from what to what; may be empty
 */
record SchemaDifference(Kind kind, String column, String detail) {

  /** How a table can differ: what is found, what is made of it, and what a user can do instead. */
  enum Kind {
    ADDED(
        "column %s is declared but not in the table",
        "column %s is added", "Write on_schema_change: extend"),
    WIDENED(
        "column %s has another type %s",
        "column %s is widened %s", "Keep the type, write on_schema_change: extend"),
    /** AFP lets every column be null, because the gate judges that. */
    NULLABLE(
        "column %s must not be null in the table",
        "column %s may be null", "Write on_schema_change: extend"),
    /** A description is no reason for a complaint. */
    DESCRIBED("", "column %s is described anew", ""),
    DROPPED(
        "column %s is in the table but not declared",
        "column %s is dropped; older releases still have it",
        "Declare it again, write on_schema_change: sync to drop it"),
    RETYPED(
        "column %s can't change its type %s",
        "column %s is made anew with another type %s",
        "Keep the type, add a column of another name"),
    PARTITIONED(
        "its partitioning changed%s %s",
        "its partitioning is changed%s %s", "Keep partition_by as it was");

    private static final Set<Kind> EXTENDED = EnumSet.of(ADDED, WIDENED, NULLABLE, DESCRIBED);
    private static final Set<Kind> SYNCED = EnumSet.range(ADDED, DROPPED);

    private final String found;
    private final String made;
    private final String fix;

    Kind(String found, String made, String fix) {
      this.found = found;
      this.made = made;
      this.fix = fix;
    }

    /** Whether rows that are there would not fit any more. */
    boolean needsNoRows() {
      return this == RETYPED || this == PARTITIONED;
    }

    /** The differences that are mended by themselves. */
    static Set<Kind> mendedBy(OnSchemaChange policy) {
      return switch (policy) {
        case EXTEND -> EXTENDED;
        case SYNC -> SYNCED;
        case FAIL -> EnumSet.of(DESCRIBED);
      };
    }
  }

  /** What is wrong. */
  String found() {
    return kind.found.formatted(column, detail).strip();
  }

  /** What happens. */
  String made() {
    return kind.made.formatted(column, detail).strip();
  }

  /** What a user can do instead, as the start of a sentence. */
  String fix() {
    return kind.fix;
  }
}
