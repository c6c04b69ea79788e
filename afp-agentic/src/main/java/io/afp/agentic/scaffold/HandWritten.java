package io.afp.agentic.scaffold;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A text as somebody's editor left it: what is compared has neither its mark at the beginning nor
 * its ends of lines, what is written has both again.
 *
 * @param text with {@code \n} at the ends of lines
 * @param mark at the beginning, or nothing
 * @param end of its lines
 */
record HandWritten(String text, String mark, String end) {

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** That of a file; empty where it is no text in UTF-8. */
  static Optional<HandWritten> read(Path file) {
    try {
      String all = Files.readString(file);
      String mark = all.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
      String text = all.substring(mark.length());
      boolean windows = text.contains("\r\n") && !text.replace("\r\n", "").contains("\n");
      return Optional.of(
          windows
              ? new HandWritten(text.replace("\r\n", "\n"), mark, "\r\n")
              : new HandWritten(text, mark, "\n"));
    } catch (CharacterCodingException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Another text in the same hand. */
  String write(String other) {
    return mark + other.replace("\n", end);
  }
}
