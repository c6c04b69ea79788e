package io.afp.ingestion.text;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * A byte that is wrong in the encoding of its file.
 *
 * @param offset from the start of the file, decompressed
 * @param before the byte before it, or 0
 */
public record WrongByte(Charset encoding, long offset, byte value, byte before) {

  /** How the read of the file fails. */
  public IOException failure() {
    return new IOException(
        "byte %d (0x%02X) is wrong in %s%s".formatted(offset, value & 0xFF, encoding, hint()));
  }

  private String hint() {
    boolean isMark = value == (byte) 0xFE || value == (byte) 0xFF;
    if (offset == 0 && encoding.equals(StandardCharsets.UTF_8) && isMark) {
      return "; it begins like UTF-16: write encoding: UTF-16";
    }
    if (offset == 1 && before == 0x1F) {
      return "; it begins like gzip: its name must end with .gz";
    }
    return "; write the encoding that it has, or get a whole file";
  }

  /** How it fails where a code point is there that Unicode keeps from text. */
  public static IOException noCharacter(int codePoint) {
    return new IOException("U+%04X is no character; is the encoding right?".formatted(codePoint));
  }
}
