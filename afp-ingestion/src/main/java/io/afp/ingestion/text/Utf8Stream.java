package io.afp.ingestion.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** The bytes of characters in UTF-8, for readers that take nothing else. Not thread-safe. */
public final class Utf8Stream extends InputStream {

  private static final int SIZE = 64 * 1024;

  private final Reader in;
  private final CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
  private final CharBuffer chars = CharBuffer.allocate(SIZE).flip();
  private final ByteBuffer bytes = ByteBuffer.allocate(SIZE * 3 + 4).flip();
  private boolean ended;

  /** The bytes of what a reader gives. */
  public Utf8Stream(Reader in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    return hasMore() ? bytes.get() & 0xFF : -1;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    if (!hasMore()) {
      return -1;
    }
    int most = Math.min(length, bytes.remaining());
    bytes.get(target, from, most);
    return most;
  }

  private boolean hasMore() throws IOException {
    while (!bytes.hasRemaining() && !ended) {
      encode();
    }
    return bytes.hasRemaining();
  }

  private void encode() throws IOException {
    chars.compact();
    int got = in.read(chars.array(), chars.position(), chars.remaining());
    chars.position(chars.position() + Math.max(got, 0));
    chars.flip();
    ended = got < 0;
    bytes.clear();
    CoderResult result = encoder.encode(chars, bytes, ended);
    bytes.flip();
    if (result.isError()) { // as some decoders give halves of characters
      throw WrongByte.noCharacter(chars.get(chars.position()));
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
