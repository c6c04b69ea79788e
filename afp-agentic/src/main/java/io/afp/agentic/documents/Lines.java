package io.afp.agentic.documents;

import java.util.Arrays;
import java.util.List;

/** The lines of a text file, whatever ends them, without the mark that some editors write first. */
final class Lines {

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private Lines() {}

  static List<String> of(String text) {
    String plain = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    return Arrays.asList(plain.split("\r\n|\r|\n", -1));
  }
}
