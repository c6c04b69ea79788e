package io.afp.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Help.Ansi;

/**
 * Columns of text, as wide as their widest value; those that hold numbers only are set to the
 * right. Words that say how something ended have a colour on a terminal.
 */
final class TextTable {

  private static final String GAP = "  ";
  private static final String CUT = "…";
  private static final int NARROWEST = 8;
  private static final String NUMBER = "-?[\\d,]*\\.?\\d*(E-?\\d+)?";
  private static final Set<String> GOOD = Set.of("succeeded", "passed", "acknowledged", "ok");
  private static final Set<String> DOUBTFUL =
      Set.of("warned", "warning", "learning", "running", "published");
  private static final Set<String> BAD = Set.of("failed", "broken", "wrong", "killed");

  private final List<String[]> rows = new ArrayList<>();

  TextTable(String... header) {
    rows.add(header);
  }

  void row(String... values) {
    rows.add(Arrays.stream(values).map(TextTable::line).toArray(String[]::new));
  }

  /** A line break in a value would break the table. */
  private static String line(String value) {
    return value == null ? "" : value.replaceAll("\\p{Cntrl}", " ");
  }

  /** With every value as long as it is. */
  @Override
  public String toString() {
    return text(widths());
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
    int[] widths = widths();
    int gaps = GAP.length() * (widths.length - 1);
    while (Arrays.stream(widths).sum() + gaps > width) {
      int widest = widest(widths, whole);
      if (widest < 0) {
        break;
      }
      widths[widest]--;
    }
    return text(widths);
  }

  private int[] widths() {
    int[] widths = new int[rows.get(0).length];
    for (String[] row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    return widths;
  }

  /** The widest column that may be cut; -1 when there is none. */
  private int widest(int[] widths, Set<String> whole) {
    int widest = -1;
    for (int i = 0; i < widths.length; i++) {
      boolean cuttable = widths[i] > NARROWEST && !whole.contains(rows.get(0)[i]) && !isNumeric(i);
      if (cuttable && (widest < 0 || widths[i] > widths[widest])) {
        widest = i;
      }
    }
    return widest;
  }

  private String text(int[] widths) {
    boolean[] numeric = new boolean[widths.length];
    for (int i = 0; i < widths.length; i++) {
      numeric[i] = isNumeric(i);
    }
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String value = cut(row[i], widths[i]);
        String blanks = " ".repeat(widths[i] - value.length());
        line.append(i == 0 ? "" : GAP)
            .append(numeric[i] ? blanks + value : painted(value) + blanks);
      }
      text.append(text.isEmpty() ? "" : "\n").append(line.toString().stripTrailing());
    }
    return text.toString();
  }

  /** No longer than a width, which a sign shows. */
  static String cut(String value, int width) {
    return value.length() <= width ? value : value.substring(0, width - 1) + CUT;
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

  private boolean isNumeric(int column) {
    return rows.size() > 1 && rows.stream().skip(1).allMatch(r -> r[column].matches(NUMBER));
  }
}
