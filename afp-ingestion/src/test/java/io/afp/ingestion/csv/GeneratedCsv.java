package io.afp.ingestion.csv;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Generates CSV files of a dialect. Not thread-safe. */
public final class GeneratedCsv {

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
    while (file.text.indexOf("\uFEFF", file.head) == file.head) { // Spark's parser would lose it
      file.text.deleteCharAt(file.head);
    }
    file.rows.clear();
    return file.file();
  }

  private void write() {
    usualEnd = of(dialect.lineEnds());
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
    lastEnd = random.nextInt(12) == 0 ? of(dialect.lineEnds()) : usualEnd;
    return lastEnd;
  }

  private String of(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
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
      text.append(i == 0 ? "" : dialect.csv().delimiter());
      values.add(field(texts.value(i), i));
    }
    if (fields == 1 && dialect.bare(text.substring(start)).isEmpty()) { // an empty line is none
      text.append('x');
      values.set(0, dialect.bare(text.substring(start)));
    }
    String record = text.substring(start);
    rows.add(
        fields == dialect.columns() ? Found.of(values) : Found.malformed(dialect.asRead(record)));
    text.append(lineEnd());
  }

  private int fields() {
    return random.nextInt(12) == 0 ? 1 + random.nextInt(5) : dialect.columns();
  }

  /** Writes a field; what is read of it. */
  private String field(String value, int column) {
    if (!dialect.hasQuotes() || !needsQuotes(value, column) && random.nextInt(3) > 0) {
      text.append(value);
      return dialect.bare(value);
    }
    boolean before = dialect.csv().details().ignoreLeadingWhiteSpace();
    text.append(before ? blanks() : "").append(dialect.quoted(value, random)).append(blanks());
    return value.isEmpty()
        ? dialect.csv().details().emptyValue().orElse("")
        : dialect.asRead(value);
  }

  private String blanks() {
    boolean any = !isStrict && random.nextInt(10) == 0 && !dialect.csv().delimiter().equals(" ");
    return any ? "  " : "";
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
