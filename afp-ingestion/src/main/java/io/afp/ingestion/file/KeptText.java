package io.afp.ingestion.file;

import java.io.IOException;
import java.io.Reader;

/**
 * Text that a parser reads, kept from the value on that it is at: one that turns out to be no
 * record is read once more. Not thread-safe.
 */
final class KeptText extends Reader {

  private final Reader in;
  private final StringBuilder kept = new StringBuilder();
  private long first;

  KeptText(Reader in) {
    this.in = in;
  }

  @Override
  public int read(char[] target, int from, int length) throws IOException {
    int got = in.read(target, from, length);
    if (got > 0) {
      kept.append(target, from, got);
    }
    return got;
  }

  /** Forgets what is before a character; they are counted from 0. */
  void keepFrom(long character) {
    kept.delete(0, (int) (character - first));
    first = character;
  }

  /** What is kept before a character. */
  String before(long character) {
    return kept.substring(0, (int) (character - first));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
