package io.afp.ingestion.csv;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;

/** Booleans by one letter or digit, or by the words that programs write. */
record BooleanField(AnyForm any) implements FieldWriter {

  private static final List<byte[]> TRUE = words("true", "True", "TRUE");
  private static final List<byte[]> FALSE = words("false", "False", "FALSE");

  @Override
  public boolean write(byte[] text, int from, int to, UnsafeRowWriter row, int ordinal) {
    boolean yes = to - from == 1 ? isYes(text[from]) : isAny(TRUE, text, from, to);
    if (yes || (to - from == 1 ? isNo(text[from]) : isAny(FALSE, text, from, to))) {
      row.write(ordinal, yes);
      return true;
    }
    return any.write(text, from, to, row, ordinal);
  }

  private static boolean isYes(byte letter) {
    return switch (letter) {
      case '1', 't', 'T', 'y', 'Y' -> true;
      default -> false;
    };
  }

  private static boolean isNo(byte letter) {
    return switch (letter) {
      case '0', 'f', 'F', 'n', 'N' -> true;
      default -> false;
    };
  }

  private static boolean isAny(List<byte[]> words, byte[] text, int from, int to) {
    for (int i = 0; i < words.size(); i++) { // an iterator would be garbage
      if (Arrays.equals(words.get(i), 0, words.get(i).length, text, from, to)) {
        return true;
      }
    }
    return false;
  }

  private static List<byte[]> words(String... words) {
    return Arrays.stream(words).map(word -> word.getBytes(US_ASCII)).toList();
  }
}
