package io.afp.agentic.prompt;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Marks around a text, so that what is in it is not taken for what is around it. */
final class Fence {

  private static final Pattern TILDES = Pattern.compile("~{3,}");

  private Fence() {}

  /** A mark that is longer than any in a text. */
  static String around(String text) {
    int longest = 2;
    Matcher tildes = TILDES.matcher(text);
    while (tildes.find()) {
      longest = Math.max(longest, tildes.group().length());
    }
    return "~".repeat(longest + 1);
  }
}
