package io.afp.ingestion.csv;

/**
 * How quotes are written within quoted values.
 *
 * @param escape what stands before one: a quote itself, or another character, which stands before
 *     itself too
 * @param usualEnds whether line ends become those of Unix
 */
record Escapes(int quote, int escape, boolean usualEnds) {

  /** Whether a character is here that stands for the one behind it. */
  boolean isAt(byte[] text, int at, int limit) {
    if (at + 1 >= limit || text[at] != escape) {
      return false;
    }
    byte second = text[at + 1];
    return second == quote || second == escape;
  }

  /**
   * Writes a value without its escapes, and with line ends of Unix where they are the usual ones.
   *
   * @param target with room for it
   * @return its length
   */
  int rewrite(byte[] text, int from, int to, byte[] target) {
    int length = 0;
    int at = from;
    while (at < to) {
      boolean isPair = isAt(text, at, to) || isReturnWithLineFeed(text, at, to);
      byte b = text[isPair ? at + 1 : at];
      target[length++] = b == '\r' && usualEnds ? (byte) '\n' : b;
      at += isPair ? 2 : 1;
    }
    return length;
  }

  private boolean isReturnWithLineFeed(byte[] text, int at, int to) {
    return usualEnds && text[at] == '\r' && at + 1 < to && text[at + 1] == '\n';
  }
}
