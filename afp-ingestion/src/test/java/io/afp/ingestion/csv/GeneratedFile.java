package io.afp.ingestion.csv;

import java.util.List;

/**
 * A generated file.
 *
 * @param text what is in it, without a byte order mark
 * @param head how much of the text is before the first record
 * @param rows what it says; nothing is known of a broken one
 */
public record GeneratedFile(
    Dialect dialect, String text, int head, byte[] bytes, List<Found> rows) {

  /** As a test prints it. */
  @Override
  public String toString() {
    return "%s %s:%n%s".formatted(dialect, bytes.length, shown(text));
  }

  /** A text in which all can be seen. */
  static String shown(String text) {
    StringBuilder shown = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      switch (c) {
        case '\n' -> shown.append("\\n");
        case '\r' -> shown.append("\\r");
        case '\t' -> shown.append("\\t");
        case '"', '\\' -> shown.append('\\').append(c);
        default -> shown.append(c >= ' ' && c < 127 ? "" + c : "\\u%04x".formatted((int) c));
      }
    }
    return shown.append('"').toString();
  }
}
