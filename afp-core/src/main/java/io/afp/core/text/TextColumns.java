package io.afp.core.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Columns of text, as wide as their widest value; those that hold numbers only are set to the
 * right.
 */
public final class TextColumns {

  private static final String GAP = "  ";
  private static final String CUT = "…";
  private static final int NARROWEST = 8;
  private static final String NUMBER = "-?[\\d,]*\\.?\\d*(E-?\\d+)?";

  private final UnaryOperator<String> painted;
  private final List<String[]> rows = new ArrayList<>();

  /**
   * Columns without rows.
   *
   * @param painted a value with its colour, if it has one; it is as wide as the value
   */
  public TextColumns(UnaryOperator<String> painted, String... header) {
    this.painted = painted;
    rows.add(header);
  }

  /** Adds a row; a value that is null is blank. */
  public void row(String... values) {
    rows.add(Arrays.stream(values).map(TextColumns::line).toArray(String[]::new));
  }

  /** A value in one line: a line break in it would look like another row. */
  public static String line(String value) {
    return value == null ? "" : value.replaceAll("\\p{Cntrl}", " ");
  }

  /** With every value as long as it is. */
  @Override
  public String toString() {
    return text(widths());
  }

  /**
   * No wider than that, by cutting the values of the widest columns.
   *
   * @param whole columns whose values make no sense when they are cut
   */
  public String fit(int width, Set<String> whole) {
    int[] widths = widths();
    int[] cuttable =
        IntStream.range(0, widths.length)
            .filter(i -> !whole.contains(rows.get(0)[i]) && !isNumeric(i))
            .toArray();
    int gaps = GAP.length() * (widths.length - 1);
    while (Arrays.stream(widths).sum() + gaps > width) {
      OptionalInt widest = widest(widths, cuttable);
      if (widest.isEmpty()) {
        break;
      }
      widths[widest.getAsInt()]--;
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

  /** The widest of the columns that may be cut, of equal ones the first. */
  private static OptionalInt widest(int[] widths, int[] cuttable) {
    return Arrays.stream(cuttable)
        .filter(i -> widths[i] > NARROWEST)
        .reduce((a, b) -> widths[b] > widths[a] ? b : a);
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
            .append(numeric[i] ? blanks + value : painted.apply(value) + blanks);
      }
      text.append(text.isEmpty() ? "" : "\n").append(line.toString().stripTrailing());
    }
    return text.toString();
  }

  /** No longer than a width, which a sign shows. */
  public static String cut(String value, int width) {
    return value.length() <= width ? value : value.substring(0, width - 1) + CUT;
  }

  private boolean isNumeric(int column) {
    return rows.size() > 1 && rows.stream().skip(1).allMatch(r -> r[column].matches(NUMBER));
  }
}
