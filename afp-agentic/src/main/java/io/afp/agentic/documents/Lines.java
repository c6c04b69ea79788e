package io.afp.agentic.documents;

import java.util.Arrays;
import java.util.List;

/** The lines of a text file, whatever ends them, without the mark that some editors write first. */
public final class Lines {

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private Lines() {}

  /** The line in which a place of a text is, from 1. */
  public static int at(String text, int offset) {
    return 1 + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
  }

  static List<String> of(String text) {
    String plain = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    return Arrays.asList(plain.split("\r\n|\r|\n", -1));
  }
}
