package io.afp.ingestion.file;

import io.afp.ingestion.text.Utf8;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Goes over the lines of a file for keys that no line before had. A line whose keys are all known
 * says nothing new, whether it is an object or not: so only the others are parsed, and values are
 * passed by byte by byte. Of a line that is an object no key is missed: in UTF-8 a byte that looks
 * like a quote, a bracket or a line end is one.
 *
 * <p>Not thread-safe.
 */
final class JsonLineKeys {

  private static final int SIZE = 256 * 1024;

  /** What ends a value, a key or a line, or begins another one. */
  private static final boolean[] MARKS = new boolean[256];

  static {
    for (char mark : "\"{}[],\n\r".toCharArray()) {
      MARKS[mark] = true;
    }
  }

  private final InputStream in;
  private final JsonKeys keys;
  private final Map<ByteBuffer, Integer> places = new HashMap<>();
  private final List<byte[]> known = new ArrayList<>();
  private final List<byte[]> fresh = new ArrayList<>();
  private byte[] buffer = new byte[SIZE];
  private int start;
  private int end;
  private boolean ended;

  /** The place of the key that comes next if a line is like those before. */
  private int expected;

  /**
   * The lines of a file.
   *
   * @param in its bytes in UTF-8
   * @param keys get those of the lines
   */
  JsonLineKeys(InputStream in, JsonKeys keys) {
    this.in = in;
    this.keys = keys;
  }

  /** Goes over all of them; false if one is too long for this. */
  boolean all() throws IOException {
    fill();
    if (end > 2 && Utf8.isMark(buffer)) {
      start = 3;
    }
    while (true) {
      for (int lineEnd = lineEnd(); lineEnd >= 0; lineEnd = lineEnd()) {
        if (!fresh.isEmpty() || !keys.any()) {
          parse(lineEnd);
        }
        start = lineEnd + 1;
      }
      if (ended) {
        return true;
      }
      if (!fill()) {
        return false;
      }
    }
  }

  /** Reads on behind the line that is not complete; whether there is room for it. */
  private boolean fill() throws IOException {
    System.arraycopy(buffer, start, buffer, 0, end - start);
    end -= start;
    start = 0;
    if (end == buffer.length) {
      if (end > JsonTexts.LONGEST) {
        return false;
      }
      buffer = Arrays.copyOf(buffer, 2 * end);
    }
    int got = in.readNBytes(buffer, end, buffer.length - end);
    end += got;
    if (end < buffer.length) {
      ended = true;
      buffer[end++] = '\n';
    }
    return true;
  }

  /** Goes to the end of a line, and keeps its keys that are not known; -1 if more is to be read. */
  private int lineEnd() {
    fresh.clear();
    expected = 0;
    int depth = 0;
    boolean isKey = false;
    int at = start;
    while (at < end) {
      byte b = buffer[at++];
      if (!MARKS[b & 0xFF]) {
        continue;
      }
      switch (b) {
        case '\n', '\r' -> {
          return at - 1;
        }
        case '"' -> {
          at = isKey ? key(at) : string(at);
          isKey = false;
        }
        case '{' -> isKey = ++depth == 1;
        case '[' -> depth++;
        case ',' -> isKey = depth == 1;
        default -> depth--;
      }
    }
    return -1;
  }

  /** Behind the string that begins here; at the end of the line if it does not end before. */
  private int string(int from) {
    int at = from;
    while (at < end) {
      byte b = buffer[at];
      if (b == '"') {
        return at + 1;
      }
      if (b == '\n' || b == '\r') {
        return at;
      }
      boolean escapes = b == '\\' && at + 1 < end && buffer[at + 1] >= ' ';
      at += escapes ? 2 : 1;
    }
    return end;
  }

  private int key(int from) {
    if (expected < known.size()) {
      byte[] likely = known.get(expected);
      int to = from + likely.length;
      if (to < end
          && buffer[to] == '"'
          && Arrays.equals(buffer, from, to, likely, 0, likely.length)) {
        expected++;
        return to + 1;
      }
    }
    int behind = string(from);
    int length = Math.max(behind - 1 - from, 0);
    Integer place = places.get(ByteBuffer.wrap(buffer, from, length));
    if (place == null) {
      fresh.add(Arrays.copyOfRange(buffer, from, from + length));
    } else {
      expected = place + 1;
    }
    return behind;
  }

  private void parse(int lineEnd) throws IOException {
    String line = new String(buffer, start, lineEnd - start, StandardCharsets.UTF_8);
    if (keys.add(line)) {
      fresh.forEach(this::learn);
    }
  }

  /** Keys may be ids. */
  private void learn(byte[] key) {
    if (known.size() <= JsonKeys.MOST
        && places.putIfAbsent(ByteBuffer.wrap(key), known.size()) == null) {
      known.add(key);
    }
  }
}
