package io.afp.ingestion.text;

import java.io.IOException;

/** Bytes of UTF-8. */
public final class Utf8 {

  private Utf8() {}

  /** Whether a text begins with the mark of its encoding. */
  public static boolean isMark(byte[] text) {
    return text[0] == (byte) 0xEF && text[1] == (byte) 0xBB && text[2] == (byte) 0xBF;
  }

  /**
   * The place of the first byte that is wrong; -1 if none is.
   *
   * @throws IOException if there is a code point that Unicode keeps from text
   */
  public static int firstWrong(byte[] text, int from, int to) throws IOException {
    int at = from;
    while (at < to) {
      int length = text[at] >= 0 ? 1 : length(text, at, to);
      if (length == 0) {
        return at;
      }
      at += length;
    }
    return -1;
  }

  /** How many characters of Java a text has. */
  public static int characters(byte[] text, int from, int to) {
    int characters = 0;
    for (int i = from; i < to; i++) {
      boolean continues = (text[i] & 0xC0) == 0x80;
      boolean isPair = (text[i] & 0xF8) == 0xF0;
      characters += continues ? 0 : isPair ? 2 : 1;
    }
    return characters;
  }

  /** The bytes of a character; 0 if they are none. */
  private static int length(byte[] text, int at, int to) throws IOException {
    int lead = text[at] & 0xFF;
    int length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (length == 0 || at + length > to) {
      return 0;
    }
    int codePoint = lead & (0x7F >> length);
    for (int i = at + 1; i < at + length; i++) {
      if ((text[i] & 0xC0) != 0x80) {
        return 0;
      }
      codePoint = codePoint << 6 | text[i] & 0x3F;
    }
    return isCharacter(codePoint, length) ? length : 0;
  }

  private static boolean isCharacter(int codePoint, int length) throws IOException {
    boolean isShortest = codePoint >= (length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000);
    boolean isHalf = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    boolean isKept = codePoint >= 0xFDD0 && codePoint <= 0xFDEF || (codePoint | 1) == 0xFFFF;
    if (isKept) {
      throw WrongByte.noCharacter(codePoint);
    }
    return isShortest && !isHalf && codePoint <= Character.MAX_CODE_POINT;
  }
}
