package io.afp.serving;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.Temporal;
import java.util.HexFormat;
import java.util.List;

/**
 * Rows in the text format of Postgres' COPY: fields separated by tabs, {@code \N} for null,
 * backslash, tab and line ends escaped.
 *
 * <p>Every value that comes in comes out of Postgres equal, or is refused: Postgres can't store the
 * character U+0000 or half of a surrogate pair in a text.
 */
final class CopyText {

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
          .toFormatter();

  private final List<String> columns;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final StringBuilder line = new StringBuilder();

  /** A value that Postgres can't store. */
  static final class NotStorable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotStorable(String column, String what) {
      super("column %s has %s, which Postgres can't store".formatted(column, what));
    }
  }

  /**
   * An empty text.
   *
   * @param columns the names of the fields, for what is said about a refused value
   */
  CopyText(List<String> columns) {
    this.columns = List.copyOf(columns);
  }

  /** Adds a row. */
  void row(Object[] values) {
    line.setLength(0);
    for (int i = 0; i < values.length; i++) {
      if (i > 0) {
        line.append('\t');
      }
      field(i, values[i]);
    }
    line.append('\n');
    bytes.writeBytes(line.toString().getBytes(StandardCharsets.UTF_8));
  }

  private void field(int index, Object value) {
    if (value == null) {
      line.append("\\N");
    } else if (value instanceof String text) {
      text(index, text);
    } else if (value instanceof Boolean bool) {
      line.append(bool ? 't' : 'f');
    } else if (value instanceof BigDecimal decimal) {
      line.append(decimal.toPlainString());
    } else if (value instanceof byte[] binary) {
      line.append("\\\\x").append(HexFormat.of().formatHex(binary));
    } else if (value instanceof Temporal time) {
      time(time);
    } else {
      line.append(value); // numbers; NaN and Infinity are written alike by Java and Postgres
    }
  }

  private void text(int index, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> line.append("\\\\");
        case '\t' -> line.append("\\t");
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\0' -> throw new NotStorable(columns.get(index), "the character U+0000");
        default -> line.append(c);
      }
    }
    requireWholeCharacters(index, text);
  }

  private void requireWholeCharacters(int index, String text) {
    boolean broken =
        text.codePoints()
            .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    if (broken) {
      throw new NotStorable(columns.get(index), "half a surrogate pair");
    }
  }

  private void time(Temporal time) {
    if (time instanceof LocalDate date) {
      date(date);
      era(date);
    } else if (time instanceof LocalDateTime local) {
      dateTime(local);
      era(local.toLocalDate());
    } else {
      LocalDateTime utc = LocalDateTime.ofInstant((Instant) time, ZoneOffset.UTC);
      dateTime(utc);
      line.append("+00");
      era(utc.toLocalDate());
    }
  }

  private void dateTime(LocalDateTime time) {
    date(time.toLocalDate());
    line.append(' ');
    TIME.formatTo(time, line);
  }

  /** There is no year 0 in Postgres: it is 1 BC. */
  private void date(LocalDate date) {
    int year = date.getYear() > 0 ? date.getYear() : 1 - date.getYear();
    line.append("%04d-%02d-%02d".formatted(year, date.getMonthValue(), date.getDayOfMonth()));
  }

  private void era(LocalDate date) {
    if (date.getYear() <= 0) {
      line.append(" BC");
    }
  }

  /** How many bytes wait. */
  int size() {
    return bytes.size();
  }

  /** Takes the bytes that wait. */
  byte[] take() {
    byte[] taken = bytes.toByteArray();
    bytes.reset();
    return taken;
  }
}
