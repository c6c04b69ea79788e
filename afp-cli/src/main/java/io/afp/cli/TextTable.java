package io.afp.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Columns of text, as wide as their widest value; those that hold numbers only are set to the
 * right.
 */
final class TextTable {

  private static final String GAP = "  ";

  private final List<String[]> rows = new ArrayList<>();

  TextTable(String... header) {
    rows.add(header);
  }

  void row(String... values) {
    rows.add(values);
  }

  @Override
  public String toString() {
    int columns = rows.get(0).length;
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        line.append(i == 0 ? "" : GAP).append(cell(row[i], i));
      }
      text.append(text.isEmpty() ? "" : "\n").append(line.toString().stripTrailing());
    }
    return text.toString();
  }

  private String cell(String value, int column) {
    String text = value == null ? "" : value;
    String blanks = " ".repeat(Math.max(0, width(column) - text.length()));
    return isNumeric(column) ? blanks + text : text + blanks;
  }

  private int width(int column) {
    return rows.stream().mapToInt(r -> r[column] == null ? 0 : r[column].length()).max().orElse(0);
  }

  private boolean isNumeric(int column) {
    return rows.size() > 1
        && rows.stream()
            .skip(1)
            .allMatch(r -> r[column] == null || r[column].matches("-?[\\d,]*\\.?\\d*(E-?\\d+)?"));
  }
}
