package io.afp.ingestion.file;

import java.io.IOException;
import java.io.Reader;

/**
 * CSV in which a quote that is not closed where it should be swallows no lines unseen: behind what
 * it holds so many delimiters are put that a parser finds too many fields.
 *
 * <p>A quote opens a value only at its start. Behind the one that closes it there may be blanks;
 * anything else means that the value was not quoted as it should be, which does no harm as long as
 * it holds no line end. A zero byte within quotes, which Spark's parser loses, spoils its record
 * too. Not thread-safe.
 */
final class CsvGuard extends Reader {

  /** What was put in begins with it; no text has it. */
  static final char MARK = '\uFDD0';

  /** Longer than any value that is meant. */
  private static final int LONGEST = 100_000_000;

  private enum State {
    RECORD_START,
    FIELD_START,
    COMMENT,
    PLAIN,
    QUOTED,
    ESCAPED,
    CLOSED,
    BLANKS
  }

  private final Reader in;
  private final CsvForm form;
  private final CsvForm.Spoiling spoiling;
  private final char lineEnd;
  private final char[] buffer = new char[64 * 1024];
  private int next;
  private int end;
  private boolean ended;
  private State state = State.RECORD_START;
  private int matched;
  private int length;
  private boolean spansLines;
  private boolean hasZero;
  private int delimiters;
  private String pending = "";

  /**
   * Guards a file.
   *
   * @param fields how many a record has
   */
  CsvGuard(Reader in, CsvForm form, int fields) {
    this.in = in;
    this.form = form;
    this.spoiling = form.spoiling(fields);
    this.lineEnd = form.lineEnd();
  }

  /** Reads over the first record that is there, and what comes before it. */
  void skipRecord() throws IOException {
    char[] one = new char[1];
    boolean begun = false;
    while (!(begun && state == State.RECORD_START) && read(one, 0, 1) > 0) {
      begun |= isWithinRecord();
    }
  }

  /** Blanks that are no part of a value are no record yet. */
  private boolean isWithinRecord() {
    return switch (state) {
      case RECORD_START, COMMENT -> false;
      case FIELD_START -> delimiters > 0;
      default -> true;
    };
  }

  @Override
  public int read(char[] target, int from, int most) throws IOException {
    while (true) {
      if (!pending.isEmpty()) {
        return give(target, from, most);
      }
      if (next < end) {
        int given = scan(target, from, most);
        if (given > 0) {
          return given;
        }
      } else if (ended) {
        return -1;
      } else {
        fill();
      }
    }
  }

  private int give(char[] target, int from, int most) {
    int given = Math.min(most, pending.length());
    pending.getChars(0, given, target, from);
    pending = pending.substring(given);
    return given;
  }

  private void fill() throws IOException {
    next = 0;
    end = Math.max(in.read(buffer, 0, buffer.length), 0);
    ended = end == 0;
    if (ended && (state == State.QUOTED || state == State.ESCAPED)) {
      pending = spoiling.ofQuoted();
    } else if (ended && hasZero && (state == State.CLOSED || state == State.BLANKS)) {
      pending = spoiling.ofPlain();
    }
  }

  private int scan(char[] target, int from, int most) throws IOException {
    int start = next;
    int stop = Math.min(end, start + most);
    while (next < stop && pending.isEmpty()) {
      next = boring(next, stop);
      if (next < stop) {
        look(buffer[next]);
      }
    }
    length += next - start;
    if (length > LONGEST) {
      throw new IOException(
          "a value has more than %,d characters; is a quote never closed?".formatted(LONGEST));
    }
    System.arraycopy(buffer, start, target, from, next - start);
    return next - start;
  }

  /** The first character from here on that may change the state. */
  private int boring(int from, int stop) {
    int i = from;
    if (state == State.PLAIN && matched == 0) {
      char delimiter = form.delimiter().charAt(0);
      while (i < stop && buffer[i] != delimiter && buffer[i] != lineEnd) {
        i++;
      }
    } else if (state == State.QUOTED) {
      while (i < stop && !isSpecialInQuotes(buffer[i])) {
        i++;
      }
    }
    return i;
  }

  private boolean isSpecialInQuotes(char c) {
    return c == form.quote() || c == form.escape() || c == lineEnd || c == '\0';
  }

  private void look(char c) throws IOException {
    boolean closed = state == State.CLOSED || state == State.BLANKS;
    if (closed && (spansLines && !mayFollow(c) || hasZero && !isDoubled(c))) {
      pending = spoiling.ofPlain();
      state = State.FIELD_START;
      return;
    }
    step(c);
    next++;
  }

  private boolean mayFollow(char c) {
    return isDoubled(c) || c <= ' ' || c == lineEnd || c == form.delimiter().charAt(matched);
  }

  private boolean isDoubled(char c) {
    return state == State.CLOSED && form.doublesQuotes() && c == form.quote();
  }

  private void step(char c) throws IOException {
    switch (state) {
      case RECORD_START -> startRecord(c);
      case FIELD_START -> startField(c);
      case COMMENT -> state = c == lineEnd ? State.RECORD_START : State.COMMENT;
      case PLAIN -> state = behind(c, State.PLAIN);
      case QUOTED -> quoted(c);
      case ESCAPED -> escaped(c);
      case CLOSED -> closed(c);
      case BLANKS -> state = behind(c, c <= ' ' ? State.BLANKS : State.PLAIN);
    }
  }

  private void startRecord(char c) throws IOException {
    delimiters = 0;
    if (c == form.comment()) {
      state = State.COMMENT;
    } else {
      startField(c);
    }
  }

  private void startField(char c) throws IOException {
    length = 0;
    matched = 0;
    spansLines = false;
    hasZero = false;
    if (form.ignoresLeading() && c <= ' ' && c != form.delimiter().charAt(0) && c != lineEnd) {
      state = State.FIELD_START;
    } else {
      state = c == form.quote() ? State.QUOTED : behind(c, State.PLAIN);
    }
  }

  private void quoted(char c) {
    if (c == form.quote()) {
      state = State.CLOSED;
    } else if (c == form.escape()) {
      state = State.ESCAPED;
    }
    spansLines |= c == lineEnd;
    hasZero |= c == '\0';
  }

  private void escaped(char c) {
    spansLines |= c == lineEnd;
    state = State.QUOTED;
  }

  private void closed(char c) throws IOException {
    boolean doubled = form.doublesQuotes() && c == form.quote();
    state = doubled ? State.QUOTED : behind(c, c <= ' ' ? State.BLANKS : State.PLAIN);
  }

  /** The state behind a character outside of quotes. */
  private State behind(char c, State otherwise) throws IOException {
    if (c == lineEnd) {
      matched = 0;
      return State.RECORD_START;
    }
    String delimiter = form.delimiter();
    if (c != delimiter.charAt(matched)) {
      matched = c == delimiter.charAt(0) ? 1 : 0;
      return matched == 0 ? otherwise : partly(otherwise);
    }
    matched++;
    if (matched < delimiter.length()) {
      return partly(otherwise);
    }
    matched = 0;
    requireFewFields();
    return State.FIELD_START;
  }

  /** The parser would fail too, and its words quote the record. */
  private void requireFewFields() throws IOException {
    delimiters++;
    if (delimiters >= form.mostFields()) {
      throw new IOException(
          "a record has more than %,d fields; is the delimiter right?"
              .formatted(form.mostFields()));
    }
  }

  /** Behind a part of a delimiter, a value that was closed is still closed. */
  private State partly(State otherwise) {
    return state == State.CLOSED || state == State.BLANKS ? State.BLANKS : otherwise;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
