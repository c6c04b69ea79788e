package io.afp.ingestion.csv;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Generates CSV files of a dialect. Not thread-safe. */
public final class GeneratedCsv {

  private static final List<String> LINE_ENDS = List.of("\n", "\r\n", "\r");

  private final Dialect dialect;
  private final Random random;
  private final Texts texts;
  private final StringBuilder text = new StringBuilder();
  private final List<Found> rows = new ArrayList<>();
  private boolean isStrict;
  private int head;
  private String usualEnd;
  private String lastEnd;

  private GeneratedCsv(Dialect dialect, Random random) {
    this.dialect = dialect;
    this.random = random;
    this.texts = new Texts(dialect, random);
  }

  /** A file that is written as it should be; records may have a wrong number of fields. */
  public static GeneratedFile wellFormed(Dialect dialect, Random random) {
    GeneratedCsv file = new GeneratedCsv(dialect, random);
    file.write();
    return file.file();
  }

  /** A file in which also each value with a quote is in quotes, and no blank is behind them. */
  public static GeneratedFile strict(Dialect dialect, Random random) {
    GeneratedCsv file = new GeneratedCsv(dialect, random);
    file.isStrict = true;
    file.write();
    return file.file();
  }

  /** A file with a few defects behind its header. */
  public static GeneratedFile broken(Dialect dialect, Random random) {
    GeneratedCsv file = new GeneratedCsv(dialect, random);
    file.write();
    new CsvDefects(dialect, random).into(file.text, file.head);
    file.rows.clear();
    return file.file();
  }

  private void write() {
    usualEnd = LINE_ENDS.get(random.nextInt(3));
    for (long i = 0; i < dialect.csv().skipLines(); i++) {
      text.append("skipped").append(texts.line()).append(lineEnd());
    }
    if (dialect.csv().header()) {
      List<String> names = dialect.names().stream().map(this::name).toList();
      text.append(String.join(dialect.csv().delimiter(), names)).append(lineEnd());
    }
    head = text.length();
    for (int i = random.nextInt(8); i > 0; i--) {
      between();
      record();
    }
    end();
  }

  private void end() {
    if (random.nextInt(3) == 0 && text.length() > head) {
      text.setLength(text.length() - lastEnd.length());
    } else {
      between();
    }
  }

  private String name(String name) {
    String text = random.nextBoolean() ? name : name.toUpperCase(Locale.ROOT);
    return dialect.hasQuotes() && random.nextInt(4) == 0 ? dialect.quoted(text, random) : text;
  }

  /** Most files have one kind of line ends. */
  private String lineEnd() {
    lastEnd = random.nextInt(12) == 0 ? LINE_ENDS.get(random.nextInt(3)) : usualEnd;
    return lastEnd;
  }

  private void between() {
    if (random.nextInt(8) == 0) {
      text.append(lineEnd());
    }
    if (!dialect.csv().comment().isEmpty() && random.nextInt(4) == 0) {
      text.append(dialect.csv().comment()).append(texts.line()).append(lineEnd());
    }
  }

  private void record() {
    int start = text.length();
    int fields = fields();
    List<String> values = new ArrayList<>();
    for (int i = 0; i < fields; i++) {
      values.add(texts.value(i));
      text.append(i == 0 ? "" : dialect.csv().delimiter()).append(field(values.get(i), i));
    }
    if (text.length() == start) { // an empty line is none
      text.append('x');
      values.set(0, "x");
    }
    String record = text.substring(start);
    rows.add(fields == dialect.columns() ? Found.of(values) : Found.malformed(record));
    text.append(lineEnd());
  }

  private int fields() {
    return random.nextInt(12) == 0 ? 1 + random.nextInt(5) : dialect.columns();
  }

  private String field(String value, int column) {
    if (!dialect.hasQuotes() || !needsQuotes(value, column) && random.nextInt(3) > 0) {
      return value;
    }
    boolean blanks = !isStrict && random.nextInt(10) == 0 && !dialect.csv().delimiter().equals(" ");
    return dialect.quoted(value, random) + (blanks ? "  " : "");
  }

  private boolean needsQuotes(String value, int column) {
    return dialect.needsQuotes(value, column) || isStrict && value.contains(dialect.csv().quote());
  }

  private GeneratedFile file() {
    return new GeneratedFile(dialect, text.toString(), head, bytes(), List.copyOf(rows));
  }

  private byte[] bytes() {
    if (dialect.encoding().equals(StandardCharsets.UTF_16) && random.nextBoolean()) {
      return ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE);
    }
    boolean mark = dialect.encoding().equals(StandardCharsets.UTF_8) && random.nextInt(6) == 0;
    return ((mark ? "\uFEFF" : "") + text).getBytes(dialect.encoding());
  }
}
