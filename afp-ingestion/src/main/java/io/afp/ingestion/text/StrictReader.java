package io.afp.ingestion.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/**
 * Characters from bytes; bytes that are none in the encoding fail, instead of becoming a question
 * mark. The usual line ends become those of Unix, a byte order mark is skipped.
 *
 * <p>Not thread-safe.
 */
public final class StrictReader extends Reader {

  private static final int SIZE = 64 * 1024;
  private static final char MARK = '\uFEFF';

  /** From here on there are characters that no text has, and which AFP uses itself. */
  private static final char UNUSUAL = '\uFDD0';

  private final InputStream in;
  private final TextForm form;
  private final boolean usualEnds;
  private final CharsetDecoder decoder;
  private final ByteBuffer bytes = ByteBuffer.allocate(SIZE).flip();
  private final CharBuffer chars = CharBuffer.allocate(SIZE).flip();
  private long readBytes;
  private boolean ended;
  private boolean started;
  private boolean afterReturn;

  /** The characters of bytes. */
  public StrictReader(InputStream in, TextForm form) throws IOException {
    this.in = in;
    this.form = form;
    this.usualEnds = form.lineSep().isEmpty();
    this.decoder =
        form.charset()
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    for (long i = 0; i < form.skipLines(); i++) {
      skipLine();
    }
  }

  private void skipLine() throws IOException {
    int last = usualEnds ? '\n' : form.lineSep().charAt(0);
    int c = read();
    while (c >= 0 && c != last) {
      c = read();
    }
  }

  @Override
  public int read(char[] target, int from, int length) throws IOException {
    int written = 0;
    while (written == 0) {
      if (!chars.hasRemaining() && !fill()) {
        return -1;
      }
      int most = Math.min(length, chars.remaining());
      written = copy(chars.array(), chars.position(), most, target, from);
      chars.position(chars.position() + most);
    }
    return written;
  }

  /** Copies, the usual line ends as those of Unix; how many characters were written. */
  private int copy(char[] source, int start, int length, char[] target, int from)
      throws IOException {
    int to = from;
    for (int i = start; i < start + length; i++) {
      char c = source[i];
      if (c == '\r' && usualEnds) {
        afterReturn = true;
        target[to++] = '\n';
      } else {
        if (c >= UNUSUAL) {
          requireCharacter(c);
        }
        if (c != '\n' || !afterReturn) {
          target[to++] = c;
        }
        afterReturn = false;
      }
    }
    return to - from;
  }

  private static void requireCharacter(char c) throws IOException {
    if (c <= '\uFDEF' || c >= '\uFFFE') {
      throw WrongByte.noCharacter(c);
    }
  }

  private boolean fill() throws IOException {
    chars.clear();
    while (chars.position() == 0 && !ended) {
      decode();
    }
    chars.flip();
    if (!started && chars.hasRemaining()) {
      started = true;
      skipMark();
    }
    return chars.hasRemaining() || !ended && fill();
  }

  private void skipMark() {
    if (chars.get(chars.position()) == MARK) {
      chars.get();
    }
  }

  private void decode() throws IOException {
    bytes.compact();
    int got = in.read(bytes.array(), bytes.position(), bytes.remaining());
    if (got > 0) {
      readBytes += got;
      bytes.position(bytes.position() + got);
    }
    bytes.flip();
    ended = got < 0;
    CoderResult result = decoder.decode(bytes, chars, ended);
    if (result.isError()) {
      throw wrong();
    }
    if (ended) {
      decoder.flush(chars);
    }
  }

  private IOException wrong() {
    long offset = readBytes - bytes.remaining();
    byte before = offset == 1 ? bytes.get(0) : 0;
    return new WrongByte(form.charset(), offset, bytes.get(bytes.position()), before).failure();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
