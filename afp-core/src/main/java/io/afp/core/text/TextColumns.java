package io.afp.core.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

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
   * No wider than that, by cutting the values of the widest columns.
   *
   * @param whole columns whose values make no sense when they are cut
   */
  public String fit(int width, Set<String> whole) {
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
