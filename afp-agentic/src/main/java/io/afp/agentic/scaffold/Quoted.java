package io.afp.agentic.scaffold;

import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What people wrote somewhere, on one line and as other formats can hold it. */
final class Quoted {

  private Quoted() {}

  /** As a scalar of YAML, which takes every text of JSON. */
  static String yaml(String text) {
    return TextNode.valueOf(line(text)).toString();
  }

  /** As a cell of a table in Markdown. */
  static String cell(String text) {
    return line(text).replace("|", "\\|");
  }

  /** A moment, to the second. */
  static String time(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Without ends of lines. */
  static String line(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
