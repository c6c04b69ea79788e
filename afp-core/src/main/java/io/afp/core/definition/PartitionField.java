package io.afp.core.definition;

import java.util.Locale;

/**
 * One field of a partition specification.
 *
 * @param width the number of buckets or the length of a prefix; 0 for the other transforms
 */
public record PartitionField(Transform transform, String column, int width) {

  /** The partition transforms of Iceberg. */
  public enum Transform {
    IDENTITY,
    YEAR,
    MONTH,
    DAY,
    HOUR,
    BUCKET,
    TRUNCATE;

    boolean isTime() {
      return compareTo(YEAR) >= 0 && compareTo(HOUR) <= 0;
    }
  }

  /** Whether Iceberg refuses the two beside each other: one column, one kind of transform. */
  boolean overlaps(PartitionField other) {
    boolean times = transform.isTime() && other.transform.isTime();
    return column.equals(other.column) && (times || transform == other.transform);
  }

  /**
   * As it is written in YAML: {@code month(flight_date)}, {@code bucket(16, id)} or {@code
   * carrier}.
   */
  @Override
  public String toString() {
    String name = transform.name().toLowerCase(Locale.ROOT);
    return switch (transform) {
      case IDENTITY -> column;
      case BUCKET, TRUNCATE -> "%s(%d, %s)".formatted(name, width, column);
      default -> "%s(%s)".formatted(name, column);
    };
  }
}
