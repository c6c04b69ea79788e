package io.afp.bench.anomaly;

import io.afp.bench.anomaly.Trial.Found;
import io.afp.core.definition.AnomalyDef;
import io.afp.core.definition.AnomalyDef.Method;
import io.afp.core.definition.AnomalyDef.Quantity;
import io.afp.core.definition.AnomalyDef.Season;
import io.afp.core.measure.Point;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How often rules on history raise a false alarm, and how often they find a mistake: on simulated
 * years, and on the flights of 2013.
 *
 * <p>Arguments: the folder of the flights, and how many years are simulated.
 */
public final class AnomalyBench {

  private static final double[] SPIKES = {-0.1, -0.2, -0.3, -0.5, 0.5};
  private static final double[] SHIFTS = {-0.1, -0.2, -0.3};
  private static final int WARM = 100;
  private static final double SHARE = 0.2;

  private final Map<String, Supplier<Watch>> watches = new LinkedHashMap<>();

  private AnomalyBench() {
    for (Method method : Method.values()) {
      for (Season season : Season.values()) {
        watches.put(name(method, season), () -> Watch.of(rule(method, season)));
      }
    }
    watches.put("Deequ OnlineNormal 3", () -> DeequWatch.onlineNormal(3));
  }

  private static String name(Method method, Season season) {
    String by = season == Season.NONE ? "" : ", by weekday";
    return "`" + method.name().toLowerCase(Locale.ROOT) + "`" + by;
  }

  private static AnomalyDef rule(Method method, Season season) {
    return rule(method, season, "0.01");
  }

  private static AnomalyDef rule(Method method, Season season, String tolerance) {
    return new AnomalyDef(
        Quantity.ROWS,
        method,
        method == Method.CHANGE ? BigDecimal.valueOf(SHARE) : BigDecimal.valueOf(3),
        season,
        method.minPoints(season),
        method.last(season),
        new BigDecimal(tolerance));
  }

  /** Prints the tables. */
  public static void main(String[] args) throws IOException {
    AnomalyBench bench = new AnomalyBench();
    int years = Integer.parseInt(args[1]);
    for (Simulated kind : Simulated.values()) {
      List<List<Point>> series = IntStream.range(0, years).mapToObj(kind::year).toList();
      print("\n**" + kind.title() + "**, " + years + " years\n");
      bench.simulate(series);
    }
    for (String tolerance : new String[] {"0.05", "0.1"}) {
      bench.watches.put(
          "`robust`, by weekday, tolerance " + new BigDecimal(tolerance).movePointRight(2) + " %",
          () -> Watch.of(rule(Method.ROBUST, Season.WEEKDAY, tolerance)));
    }
    FlightDays days = FlightDays.read(Path.of(args[0]));
    print("\n**flights planned, 2013**\n");
    bench.real(days, days.planned());
    print("\n**flights departed, 2013**\n");
    bench.real(days, days.departed());
  }

  private void simulate(List<List<Point>> series) {
    print(
        "| rule | false alarms, acknowledged | nobody acknowledges | one day -10 % | -20 % | -30 %"
            + " | -50 % | +50 % | from a day on -10 % | -20 % | -30 % |");
    print("|---|---|---|---|---|---|---|---|---|---|---|");
    watches.forEach(
        (name, watch) -> {
          StringBuilder row = new StringBuilder("| " + name);
          row.append(cell(falseAlarms(watch, series, true)));
          row.append(cell(falseAlarms(watch, series, false)));
          for (double share : SPIKES) {
            row.append(
                cell(
                    series.stream()
                        .map(year -> new Trial(watch, year, true).spikes(share, WARM))
                        .reduce(Found.NONE, Found::plus)));
          }
          for (double share : SHIFTS) {
            row.append(
                cell(
                    series.stream()
                        .map(year -> new Trial(watch, year, true).shifts(share, 2 * WARM))
                        .reduce(Found.NONE, Found::plus)));
          }
          print(row + " |");
        });
  }

  private static Found falseAlarms(
      Supplier<Watch> watch, List<List<Point>> series, boolean acknowledged) {
    return series.stream()
        .map(year -> new Trial(watch, year, acknowledged))
        .map(trial -> new Found(trial.falseAlarms().size(), trial.judged()))
        .reduce(Found.NONE, Found::plus);
  }

  private void real(FlightDays days, List<Point> series) {
    print(
        "| rule | days judged | alarms | on holidays | on days of storm | others | one day -10 % |"
            + " -20 % | -30 % | -50 % | +50 % | others |");
    print("|---|---|---|---|---|---|---|---|---|---|---|---|");
    watches.forEach(
        (name, watch) -> {
          Trial trial = new Trial(watch, series, true);
          List<Point> alarms = trial.falseAlarms();
          long holidays = alarms.stream().filter(FlightDays::isHoliday).count();
          long storms =
              alarms.stream().filter(d -> !FlightDays.isHoliday(d) && days.isStormy(d)).count();
          List<Point> others =
              alarms.stream()
                  .filter(day -> !FlightDays.isHoliday(day) && !days.isStormy(day))
                  .toList();
          StringBuilder row =
              new StringBuilder(
                  "| %s | %d | %d | %d | %d | %d"
                      .formatted(
                          name, trial.judged(), alarms.size(), holidays, storms, others.size()));
          for (double share : SPIKES) {
            row.append(cell(trial.spikes(share, WARM)));
          }
          String which =
              others.stream()
                  .map(day -> day.unit().substring(5))
                  .limit(12)
                  .collect(Collectors.joining(" "));
          print(row + " | " + which + " |");
        });
  }

  private static String cell(Found found) {
    double percent = found.percent();
    String digits = percent < 10 ? "%.2f" : "%.0f";
    return String.format(Locale.ROOT, " | " + digits + " %%", percent);
  }

  private static void print(String line) {
    System.out.println(line);
  }
}
