package io.afp.core.lake;

import io.afp.core.measure.Counts;
import io.afp.core.measure.State;

/** What one task has seen so far of the rows of one unit. */
final class UnitTallies {

  private final Tally[] tallies;
  private final long[] nulls;
  private final long[] falses;
  private long rows;

  /**
   * Begins to see rows.
   *
   * @param tallies of the measures that look at values; null where there is none
   * @param conditions how many measures count whether something holds
   */
  UnitTallies(Tally[] tallies, int conditions) {
    this.tallies = tallies.clone();
    this.nulls = new long[conditions];
    this.falses = new long[conditions];
  }

  void addRow() {
    rows++;
  }

  long rows() {
    return rows;
  }

  Tally tally(int i) {
    return tallies[i];
  }

  /**
   * Sees conditions that do not hold.
   *
   * @param misses of {@link Misses}
   * @param first the number of the first of its conditions
   */
  void addMisses(long misses, int first) {
    int last = Math.min(nulls.length - first, Misses.MOST);
    for (int i = 0; i < last; i++) {
      if (Misses.isNull(misses, i)) {
        nulls[first + i]++;
      } else if (Misses.isFalse(misses, i)) {
        falses[first + i]++;
      }
    }
  }

  /** How often a condition held. */
  State counts(int condition) {
    long judged = rows - nulls[condition];
    return new Counts(judged - falses[condition], judged);
  }
}
