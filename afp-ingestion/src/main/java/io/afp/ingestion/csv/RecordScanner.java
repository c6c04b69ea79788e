package io.afp.ingestion.csv;

import io.afp.ingestion.text.Utf8;
import io.afp.ingestion.text.WrongByte;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Takes text apart into records and these into fields, byte by byte and without a copy. Where a
 * record ends is said by its quotes: one opens a value only at its start, and behind the one that
 * closes it there may be blanks. A value that goes on behind its quotes is taken as it stands; but
 * if it spans lines, its record is malformed, and so is one whose last quote is never closed.
 *
 * <p>It holds one record at a time, or as much of the text as fits into its buffer. A record that
 * does not end in what was read is looked at again from its start when there is more of it: so the
 * loops need to keep no state. Not thread-safe.
 */
final class RecordScanner implements Closeable {

  /** Longer than any record that is meant. */
  private static final int LONGEST = 100_000_000;

  private static final int SIZE = 256 * 1024;

  /** The place of what is not read yet. */
  private static final int BEYOND = -1;

  /** The place of a quote that is nowhere. */
  private static final int NEVER = -2;

  private final InputStream in;
  private final byte[] delimiter;
  private final int first;

  /** Above it there is nothing that ends a value without quotes: one look tells most bytes. */
  private final int highest;

  /** The same for one with quotes. */
  private final int highestQuoted;

  private final int quote;
  private final int escape;
  private final int comment;
  private final LineEnds lineEnds;
  private final int lineEnd;
  private final int otherLineEnd;

  /** How many bytes tell whether a value ends. */
  private final int reach;

  private final CsvValues values;
  private final Escapes escapes;
  private final RecordFields fields;

  private byte[] buffer = new byte[SIZE];
  private int limit;
  private boolean ended;
  private long base;
  private int next;
  private long nextLine = 1;

  private int start;
  private int end;
  private long line;
  private int ends;
  private boolean malformed;
  private boolean quotedRewrites;
  private boolean quotedSpans;
  private int bits;

  /**
   * Scans a text in UTF-8.
   *
   * @param offset of its first byte in the file
   */
  RecordScanner(InputStream in, CsvFormat format, long offset) {
    this.in = in;
    this.delimiter = format.delimiter().getBytes(StandardCharsets.UTF_8);
    this.first = delimiter[0];
    this.quote = format.quote();
    this.escape = format.escape();
    this.comment = format.comment();
    this.lineEnds = format.lineEnds();
    this.lineEnd = lineEnds.first();
    this.otherLineEnd = lineEnds.arePairs() ? lineEnd : lineEnds.alone();
    this.reach = Math.max(delimiter.length, lineEnds.length());
    this.values = format.values();
    this.highest = Math.max(first, Math.max(lineEnd, otherLineEnd));
    this.highestQuoted = Math.max(Math.max(lineEnd, otherLineEnd), Math.max(quote, escape));
    this.escapes = new Escapes(quote, escape, lineEnds.areUsual());
    this.fields = new RecordFields(escapes, values.empty());
    this.base = offset;
  }

  /** Skips the mark of a text's encoding, and lines that are no records. */
  void skip(long lines) throws IOException {
    fill();
    if (limit >= 3 && Utf8.isMark(buffer)) {
      next = 3;
    }
    for (long i = 0; i < lines && (next < limit || fill()); i++) {
      skipLine();
    }
  }

  private void skipLine() throws IOException {
    int at = lineEnd(next);
    while (at == BEYOND) {
      fill();
      at = lineEnd(next);
    }
    pass(at);
  }

  /** The number of the line in which the next record begins or an empty line is, from 1. */
  long nextLine() {
    return nextLine;
  }

  /** Says in which line the text begins. */
  void startAtLine(long number) {
    nextLine = number;
  }

  /** Goes on behind the records that begin before a byte of the file; in its line a record does. */
  void skipTo(long offset, long number) throws IOException {
    while (base + limit < offset && !ended) {
      next = limit;
      fill();
    }
    next = (int) Math.min(offset - base, limit);
    nextLine = number;
  }

  /** Where the next record begins, or what is skipped before it. */
  long nextOffset() {
    return base + next;
  }

  /**
   * Goes to the next record.
   *
   * @return false if there is none
   * @throws IOException if the text can't be read, is no UTF-8, or a record is too long
   */
  boolean next() throws IOException {
    while (true) {
      int behind = skipToRecord() ? scan() : BEYOND;
      if (behind != BEYOND) {
        found(behind);
        if (!isBlank()) {
          return true;
        }
        continue;
      }
      if (ended && next == limit) {
        return false;
      }
      fill();
    }
  }

  private void found(int behind) throws IOException {
    line = nextLine;
    nextLine += ends + (behind > end ? 1 : 0);
    next = behind;
    if (bits < 0) {
      requireUtf8();
    }
    if (fields.count() > values.mostFields()) {
      throw new IOException(
          "the record in line %d has more than %,d fields; is the delimiter right?"
              .formatted(line, values.mostFields()));
    }
    if (values.mostCharacters() < LONGEST) {
      requireShort();
    }
  }

  /** A line of blanks is an empty one where blanks are no part of values. */
  private boolean isBlank() {
    return values.ignoresLeading() && fields.count() == 1 && withoutBlanks(start, end) == start;
  }

  private void requireShort() throws IOException {
    for (int i = 0; i < fields.kept(); i++) {
      find(i);
      if (Utf8.characters(bytes(), from(), to()) > values.mostCharacters()) {
        throw new IOException(
            "a value in line %d has more than %,d characters; is a quote never closed?"
                .formatted(line, values.mostCharacters()));
      }
    }
  }

  private void requireUtf8() throws IOException {
    int wrong = Utf8.firstWrong(buffer, start, end);
    if (wrong >= 0) {
      byte before = wrong > 0 ? buffer[wrong - 1] : 0;
      throw new WrongByte(StandardCharsets.UTF_8, base + wrong, buffer[wrong], before).failure();
    }
  }

  /** Reads on, so that there is more behind the next record's start; false at the end. */
  private boolean fill() throws IOException {
    if (next > 0) {
      System.arraycopy(buffer, next, buffer, 0, limit - next);
      base += next;
      limit -= next;
      next = 0;
    } else if (limit == buffer.length) {
      grow();
    }
    int before = limit;
    while (limit < buffer.length && !ended) {
      int got = in.read(buffer, limit, buffer.length - limit);
      ended = got < 0;
      limit += Math.max(got, 0);
    }
    return limit > before;
  }

  private void grow() throws IOException {
    if (buffer.length >= LONGEST) {
      throw new IOException(
          "a record has more than %,d bytes; is a quote never closed?".formatted(LONGEST));
    }
    buffer = Arrays.copyOf(buffer, Math.min(2 * buffer.length, LONGEST));
  }

  /** Passes empty lines and comments; false where it is not known yet what is next. */
  private boolean skipToRecord() {
    while (next < limit) {
      byte b = buffer[next];
      boolean isEmpty = isLineEnd(next);
      if (!isEmpty && b != comment) {
        return true;
      }
      int at = isEmpty ? next : lineEnd(next);
      if (at == BEYOND || behindLineEnd(at) == BEYOND) {
        return false;
      }
      pass(at);
    }
    return false;
  }

  private void pass(int lineEnd) {
    next = Math.max(behindLineEnd(lineEnd), lineEnd);
    nextLine++;
  }

  private int lineEnd(int at) {
    int i = at;
    while (i < limit && !isLineEnd(i)) {
      i++;
    }
    boolean known = i < limit ? behindLineEnd(i) != BEYOND : ended;
    return known ? i : BEYOND;
  }

  private int behindLineEnd(int at) {
    if (at == limit) {
      return ended ? at : BEYOND;
    }
    if (buffer[at] == lineEnds.alone()) {
      return at + 1;
    }
    if (at + 1 == limit) {
      return ended ? limit : BEYOND;
    }
    return buffer[at + 1] == lineEnds.second() ? at + 2 : at + 1;
  }

  private boolean isLineEnd(int at) {
    return isLineEnd(buffer[at])
        && (!lineEnds.arePairs() || at + 1 < limit && buffer[at + 1] == lineEnds.second());
  }

  /** Whether a line end begins with it. */
  private boolean isLineEnd(byte b) {
    return b == lineEnd || b == otherLineEnd;
  }

  /** Finds the fields of the record that begins here; the place behind it. */
  private int scan() {
    start = next;
    ends = 0;
    fields.clear();
    malformed = false;
    bits = 0;
    int at = field(start);
    while (at >= 0 && isDelimiter(at)) {
      at = field(at + delimiter.length);
    }
    if (at == BEYOND) {
      return BEYOND;
    }
    end = at;
    return behindLineEnd(at);
  }

  /** Whether a field ended here because another one follows. */
  private boolean isDelimiter(int at) {
    return at < limit && buffer[at] == first && matches(at);
  }

  private boolean matches(int at) {
    for (int i = 1; i < delimiter.length; i++) {
      if (at + i >= limit || buffer[at + i] != delimiter[i]) {
        return false;
      }
    }
    return true;
  }

  /** Finds the field that begins here; where it ends. */
  private int field(int at) {
    int i = values.ignoresLeading() ? blanks(at) : at;
    if (i == BEYOND) {
      return BEYOND;
    }
    while (i < limit && buffer[i] == quote) {
      int closed = quoted(i + 1);
      if (closed < 0) {
        return closed == BEYOND ? BEYOND : limit;
      }
      int behind = blanks(closed + 1);
      if (behind == BEYOND) {
        return BEYOND;
      }
      if (isEnd(behind)) {
        fields.add(i + 1, closed, quotedRewrites);
        return behind;
      }
      if (!quotedSpans) {
        return plain(i, behind);
      }
      malformed = true;
      i = behind;
    }
    return plain(i, i);
  }

  /** Where the quotes are closed; {@link #NEVER} if the text ends before. */
  private int quoted(int at) {
    byte[] bytes = buffer;
    int stop = limit;
    quotedRewrites = false;
    quotedSpans = false;
    int seen = 0;
    int i = at;
    while (i < stop) {
      byte b = bytes[i];
      seen |= b;
      if (b > highestQuoted || b != quote && b != escape && !isLineEnd(b)) {
        i++;
        continue;
      }
      bits |= seen;
      if (i + 1 == stop && !ended) {
        return BEYOND;
      }
      if (isLineEnd(i)) {
        i = lineWithin(i);
      } else if (escapes.isAt(bytes, i, stop)) {
        quotedRewrites = true;
        i += 2;
      } else if (b == quote) {
        return i;
      } else {
        i++;
      }
    }
    bits |= seen;
    return ended ? unclosed(at) : BEYOND;
  }

  private int lineWithin(int at) {
    quotedSpans = true;
    quotedRewrites |= buffer[at] == '\r' && lineEnds.areUsual();
    ends++;
    return behindLineEnd(at);
  }

  private int unclosed(int at) {
    malformed = true;
    fields.add(at - 1, limit, false);
    return NEVER;
  }

  private int blanks(int at) {
    int i = at;
    while (i < limit && buffer[i] >= 0 && buffer[i] <= ' ' && !isEnd(i)) {
      i++;
    }
    boolean known = ended || i + reach <= limit;
    return known ? i : BEYOND;
  }

  private boolean isEnd(int at) {
    return at == limit || isLineEnd(at) || isDelimiter(at);
  }

  /** Finds the end of a value without quotes. */
  private int plain(int fieldStart, int at) {
    byte[] bytes = buffer;
    int stop = limit;
    int seen = 0;
    int i = at;
    while (i < stop) {
      byte b = bytes[i];
      if (b <= highest && (b == first || isLineEnd(b)) && isEndOrUnknown(i)) {
        break;
      }
      seen |= b;
      i++;
    }
    if (!ended && i + reach > stop) {
      return BEYOND;
    }
    bits |= seen;
    fields.add(fieldStart, values.ignoresTrailing() ? withoutBlanks(fieldStart, i) : i, false);
    return i;
  }

  private int withoutBlanks(int from, int to) {
    int end = to;
    while (end > from && buffer[end - 1] >= 0 && buffer[end - 1] <= ' ') {
      end--;
    }
    return end;
  }

  private boolean isEndOrUnknown(int at) {
    return isDelimiter(at) || isLineEnd(at) || !ended && at + reach > limit;
  }

  /** How many fields the record has. */
  int fields() {
    return fields.count();
  }

  /** Whether its quotes are not as they have to be. */
  boolean isMalformed() {
    return malformed;
  }

  /** The line in which the record begins, from 1. */
  long line() {
    return line;
  }

  /** The byte at which the record begins, from 0. */
  long offset() {
    return base + start;
  }

  /**
   * Goes to a field of the record: its text is in {@link #bytes} then.
   *
   * @return whether it has a value
   */
  boolean find(int field) {
    return fields.find(field, buffer);
  }

  /** What holds the text of the field, only until the next call. */
  byte[] bytes() {
    return fields.text();
  }

  /** Where the text begins. */
  int from() {
    return fields.from();
  }

  /** The place behind the text. */
  int to() {
    return fields.to();
  }

  /** The text of the field, on its own. */
  UTF8String found() {
    return UTF8String.fromBytes(Arrays.copyOfRange(bytes(), from(), to()));
  }

  /** All fields, as texts. */
  List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < fields.kept(); i++) {
      find(i);
      texts.add(new String(bytes(), from(), to() - from(), StandardCharsets.UTF_8));
    }
    return texts;
  }

  /** The whole record as it stands, the usual line ends as those of Unix. */
  String text() {
    String text = new String(buffer, start, end - start, StandardCharsets.UTF_8);
    return !lineEnds.areUsual() ? text : text.replace("\r\n", "\n").replace('\r', '\n');
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
