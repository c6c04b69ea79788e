package io.afp.ingestion.csv;

import java.nio.charset.CharsetEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Texts as files have them, and as nobody would want them. */
final class Texts {

  private static final List<String> NASTY =
      List.of(
          "", " ", "  ", "\t", "\n", "\r\n", "\r", "\n\n", "\0", "\"", "\"\"", "'", "\\", "\\\\",
          ",", ";", "#", "é", "✓", "😀", "\u2028", "\u0085", "\u00a0", "\uFEFF", "NULL", "=1+1",
          "\b", "\u001a", "\u000b", "\f", "1e9", "\\n", "\\\"", "null", "\uE000", "\u007f");

  private final Dialect dialect;
  private final Random random;
  private final List<String> pieces = new ArrayList<>();

  Texts(Dialect dialect, Random random) {
    this.dialect = dialect;
    this.random = random;
    CharsetEncoder encoder = dialect.encoding().newEncoder();
    NASTY.stream().filter(encoder::canEncode).forEach(pieces::add);
    for (String mark : dialect.marks()) {
      pieces.addAll(List.of(mark, mark, mark.substring(0, 1)));
    }
  }

  /** A value of a column that the dialect can write. */
  String value(int column) {
    String text = unmarked(text());
    return dialect.hasQuotes() || !dialect.needsQuotes(text, column) ? text : plain(text);
  }

  /** At the start of a file it would be a byte order mark. */
  private static String unmarked(String text) {
    return text.startsWith("\uFEFF") ? "x" + text : text;
  }

  private String text() {
    if (random.nextInt(300) == 0) {
      return "long ".repeat(2_000);
    }
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      text.append(random.nextBoolean() ? piece() : "ab".substring(random.nextInt(2)));
    }
    return text.toString();
  }

  String piece() {
    return pieces.get(random.nextInt(pieces.size()));
  }

  /** Without quotes there are texts that can't be written. */
  private String plain(String text) {
    StringBuilder plain = new StringBuilder("x");
    dialect
        .inOneLine(text)
        .chars()
        .filter(c -> dialect.csv().delimiter().indexOf(c) < 0)
        .forEach(c -> plain.append((char) c));
    return plain.toString();
  }

  /** A line that is no record. */
  String line() {
    return dialect.inOneLine(text());
  }
}
