package io.afp.ingestion.csv;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Where the fields of a record are in the text that holds it. Not thread-safe. */
final class RecordFields {

  /** What has more fields than any header is malformed, whatever is in them. */
  private static final int MOST_KEPT = 1 << 20;

  private final Escapes escapes;
  private int count;
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private boolean[] rewritten = new boolean[64];

  private byte[] text;
  private int from;
  private int to;
  private byte[] scratch = new byte[256];

  /** What quotes without anything between them stand for; null for null. */
  private final byte[] empty;

  private final int lengthOfEmpty;

  RecordFields(Escapes escapes, String empty) {
    this.escapes = escapes;
    byte[] bytes = empty == null ? null : empty.getBytes(StandardCharsets.UTF_8);
    this.lengthOfEmpty = empty == null ? 0 : bytes.length;
    this.empty = empty == null ? null : Arrays.copyOf(bytes, bytes.length + 1); // readers may peek
  }

  void clear() {
    count = 0;
  }

  int count() {
    return count;
  }

  /** How many can be found. */
  int kept() {
    return Math.min(count, MOST_KEPT);
  }

  /**
   * Adds a field.
   *
   * @param isRewritten whether its value is another one than its text
   */
  void add(int start, int end, boolean isRewritten) {
    if (count >= MOST_KEPT) {
      count++;
      return;
    }
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
      rewritten = Arrays.copyOf(rewritten, 2 * count);
    }
    starts[count] = start;
    ends[count] = end;
    rewritten[count] = isRewritten;
    count++;
  }

  /**
   * Goes to a field.
   *
   * @param record the text that holds the record
   * @return whether it has a value
   */
  boolean find(int field, byte[] record) {
    text = record;
    from = starts[field];
    to = ends[field];
    if (rewritten[field]) {
      rewrite();
    }
    return to > from || empty != null && isQuoted(from) && findEmpty();
  }

  /** An empty text is within quotes if one is right before it: a delimiter has none. */
  private boolean isQuoted(int at) {
    return at > 0 && text[at - 1] == escapes.quote();
  }

  private boolean findEmpty() {
    text = empty;
    from = 0;
    to = lengthOfEmpty;
    return true;
  }

  private void rewrite() {
    if (scratch.length < to - from) {
      scratch = new byte[2 * (to - from)];
    }
    to = escapes.rewrite(text, from, to, scratch);
    from = 0;
    text = scratch;
  }

  /** What holds the value, until the next call. */
  byte[] text() {
    return text;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }
}
