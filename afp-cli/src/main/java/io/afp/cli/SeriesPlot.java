package io.afp.cli;

import io.afp.core.ledger.CheckHistory.Entry;
import io.afp.core.measure.Bounds;
import io.afp.core.measure.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Points of a series over time, and the bounds that they were judged by, as lines of text. */
final class SeriesPlot {

  private static final int HEIGHT = 13;
  private static final int WIDEST_STEP = 6;
  private static final String LEGEND =
      "o usual   x unusual   a acknowledged   . not judged by history   - bounds";

  private final List<Entry> entries;
  private final double bottom;
  private final double top;
  private final int margin;
  private final int step;

  private SeriesPlot(List<Entry> entries, int width) {
    double[] drawn = entries.stream().flatMapToDouble(SeriesPlot::drawn).toArray();
    double least = Arrays.stream(drawn).min().orElse(0);
    double most = Arrays.stream(drawn).max().orElse(0);
    double air = least == most ? Math.max(1, Math.abs(least) / 10) : 0;
    this.bottom = least - air;
    this.top = most + air;
    this.margin =
        1
            + IntStream.range(0, HEIGHT)
                .mapToObj(this::label)
                .mapToInt(String::length)
                .max()
                .orElse(0);
    int room = width - margin - 1;
    this.entries = entries.subList(Math.max(0, entries.size() - room), entries.size());
    this.step = Math.max(1, Math.min(WIDEST_STEP, room / this.entries.size()));
  }

  /** As wide as the output of the command at most: of more points the newest. */
  static String of(List<Entry> entries) {
    return of(entries, Output.WIDTH);
  }

  static String of(List<Entry> entries, int width) {
    return entries.isEmpty() ? "" : new SeriesPlot(entries, width).text();
  }

  private static DoubleStream drawn(Entry entry) {
    Stream<Double> bounds =
        entry.kept().bounds().stream().flatMap(b -> Stream.of(b.lower(), b.upper()));
    return Stream.concat(Stream.of(entry.kept().point().value()), bounds)
        .mapToDouble(Double::doubleValue)
        .filter(Double::isFinite);
  }

  private String text() {
    char[][] cells = new char[HEIGHT][step * entries.size()];
    for (char[] row : cells) {
      Arrays.fill(row, ' ');
    }
    for (int i = 0; i < entries.size(); i++) {
      draw(entries.get(i), i, cells);
    }
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < HEIGHT; row++) {
      lines.add((axis(row) + new String(cells[row])).stripTrailing());
    }
    lines.add(" ".repeat(margin) + "+" + "-".repeat(step * entries.size()));
    lines.add(times());
    lines.add(LEGEND);
    return String.join("\n", lines);
  }

  private void draw(Entry entry, int place, char[][] cells) {
    for (int column = place * step; column < (place + 1) * step; column++) {
      int at = column;
      entry.kept().bounds().ifPresent(bounds -> drawBounds(bounds, at, cells));
    }
    double value = entry.kept().point().value();
    if (Double.isFinite(value)) {
      cells[row(value)][place * step + step / 2] = sign(entry);
    }
  }

  private void drawBounds(Bounds bounds, int column, char[][] cells) {
    for (double bound : new double[] {bounds.lower(), bounds.upper()}) {
      if (Double.isFinite(bound)) {
        cells[row(bound)][column] = '-';
      }
    }
  }

  private static char sign(Entry entry) {
    if (entry.acknowledgement().isPresent() || entry.kept().status().equals("acknowledged")) {
      return 'a';
    }
    if (entry.isUnusual()) {
      return 'x';
    }
    return entry.kept().bounds().isPresent() ? 'o' : '.';
  }

  private int row(double value) {
    double height = (top - value) / (top - bottom);
    return (int) Math.round(height * (HEIGHT - 1));
  }

  private String axis(int row) {
    String label = label(row);
    return " ".repeat(margin - 1 - label.length()) + label + " |";
  }

  /** The values at the top, in the middle and at the bottom. */
  private String label(int row) {
    boolean labelled = row == 0 || row == HEIGHT / 2 || row == HEIGHT - 1;
    return labelled ? Cell.amount(top - (top - bottom) * row / (HEIGHT - 1)) : "";
  }

  private String times() {
    String first = time(0);
    String last = entries.size() == 1 ? "" : time(entries.size() - 1);
    int between = step * entries.size() - first.length() - last.length();
    return " ".repeat(margin + 1) + first + " ".repeat(Math.max(1, between)) + last;
  }

  private String time(int entry) {
    Point point = entries.get(entry).kept().point();
    return ChecksHistory.label(point);
  }
}
