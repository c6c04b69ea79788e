package io.afp.bench.anomaly;

import io.afp.core.measure.Point;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Days of flights out of New York in 2013, as the examples have them.
 *
 * @param planned how many flights were planned on each day
 * @param departed how many of them departed
 */
record FlightDays(List<Point> planned, List<Point> departed) {

  /** Holidays of the United States, and the days beside them on which people do not travel. */
  private static final Set<String> HOLIDAYS =
      Set.of(
          "01-01", "01-20", "01-21", "02-17", "02-18", "05-25", "05-26", "05-27", "07-04", "07-05",
          "07-06", "08-31", "09-01", "09-02", "10-13", "10-14", "11-27", "11-28", "11-29", "11-30",
          "12-24", "12-25", "12-31");

  static FlightDays read(Path folder) throws IOException {
    Map<LocalDate, Integer> planned = new TreeMap<>();
    Map<LocalDate, Integer> departed = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        for (String[] flight : flights(file)) {
          LocalDate day =
              LocalDate.of(
                  Integer.parseInt(flight[0]),
                  Integer.parseInt(flight[1]),
                  Integer.parseInt(flight[2]));
          planned.merge(day, 1, Integer::sum);
          departed.merge(day, flight[3].equals("NA") ? 0 : 1, Integer::sum);
        }
      }
    }
    return new FlightDays(points(planned), points(departed));
  }

  private static List<String[]> flights(Path file) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return lines.lines().skip(1).map(line -> line.split(",", 5)).toList();
    }
  }

  private static List<Point> points(Map<LocalDate, Integer> counts) {
    return counts.entrySet().stream()
        .map(day -> new Point(day.getKey().toString(), day.getKey().atStartOfDay(), day.getValue()))
        .toList();
  }

  static boolean isHoliday(Point day) {
    return HOLIDAYS.contains(day.unit().substring(5));
  }

  /** Days on which more than a tenth of the flights were cancelled. */
  boolean isStormy(Point day) {
    double plan =
        planned.stream().filter(p -> p.unit().equals(day.unit())).findFirst().orElseThrow().value();
    double flown =
        departed.stream()
            .filter(p -> p.unit().equals(day.unit()))
            .findFirst()
            .orElseThrow()
            .value();
    return flown < 0.9 * plan;
  }
}
