package io.afp.cli;

import io.afp.core.text.TextColumns;
import java.util.Set;
import picocli.CommandLine.Help.Ansi;

/** Columns of text in which words that say how something ended have a colour on a terminal. */
final class TextTable {

  private static final Set<String> GOOD = Set.of("succeeded", "passed", "acknowledged", "ok");
  private static final Set<String> DOUBTFUL =
      Set.of("warned", "warning", "learning", "running", "published");
  private static final Set<String> BAD = Set.of("failed", "broken", "wrong", "killed");

  private final TextColumns columns;

  TextTable(String... header) {
    columns = new TextColumns(TextTable::painted, header);
  }

  void row(String... values) {
    columns.row(values);
  }

  /** With every value as long as it is. */
  @Override
  public String toString() {
    return columns.toString();
  }

  /**
   * No wider than the output of the command, by cutting the values of the widest columns.
   *
   * @param whole columns whose values make no sense when they are cut
   */
  String fit(String... whole) {
    return fit(Output.WIDTH, Set.of(whole));
  }

  String fit(int width, Set<String> whole) {
    return columns.fit(width, whole);
  }

  /** A word in its colour, if it has one. */
  static String painted(String value) {
    if (GOOD.contains(value)) {
      return Ansi.AUTO.string("@|green %s|@".formatted(value));
    }
    if (DOUBTFUL.contains(value)) {
      return Ansi.AUTO.string("@|yellow %s|@".formatted(value));
    }
    return BAD.contains(value) ? Ansi.AUTO.string("@|red %s|@".formatted(value)) : value;
  }
}
