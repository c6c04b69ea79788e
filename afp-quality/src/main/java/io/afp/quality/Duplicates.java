package io.afp.quality;

import io.afp.core.lake.Measure;
import io.afp.core.lake.Tally;
import io.afp.core.measure.Frequencies;
import io.afp.core.measure.State;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;

/**
 * Finds hashes that occur more than once, where all that are equal come to one task: how often, in
 * a {@link Frequencies} whose judged rows are those hashes.
 */
final class Duplicates implements Tally {

  /** More hashes than that in one task need too much memory; then it fails. */
  static final int MOST = 1 << 25;

  private final Map<String, Long> found = new HashMap<>();
  private long[] table = new long[1 << 12];
  private int size;
  private boolean zero;
  private long duplicates;

  /** Begins to look. */
  private record Kind() implements Measure.Kind {
    @Override
    public State none() {
      return Frequencies.none();
    }

    @Override
    public Tally start(DataType type) {
      return new Duplicates();
    }
  }

  /** Looks for them among hashes. */
  static Measure of(String name, Column hash) {
    return new Measure(name, hash, new Kind());
  }

  @Override
  public void add(InternalRow values, int at) {
    long hash = values.getLong(at);
    if (!isNew(hash)) {
      duplicate(hash);
    }
  }

  private void duplicate(long hash) {
    String text = Long.toString(hash);
    boolean known = found.containsKey(text);
    if (!known) {
      duplicates++;
    }
    if (known || found.size() <= Frequencies.MOST) {
      found.merge(text, 1L, Long::sum);
    }
  }

  private boolean isNew(long hash) {
    if (hash == 0) {
      boolean first = !zero;
      zero = true;
      return first;
    }
    int slot = slot(hash);
    if (table[slot] == hash) {
      return false;
    }
    table[slot] = hash;
    size++;
    if (size > table.length / 2) {
      grow();
    }
    return true;
  }

  /** Where a hash is, or would be. */
  private int slot(long hash) {
    int slot = (int) (hash ^ hash >>> 32) & (table.length - 1);
    while (table[slot] != 0 && table[slot] != hash) {
      slot = (slot + 1) & (table.length - 1);
    }
    return slot;
  }

  private void grow() {
    if (table.length >= MOST) {
      throw new IllegalStateException("there are too many keys for one task");
    }
    long[] before = table;
    table = new long[before.length * 2];
    for (long hash : before) {
      if (hash != 0) {
        table[slot(hash)] = hash;
      }
    }
  }

  @Override
  public Frequencies state() {
    return Frequencies.of(duplicates, found);
  }
}
