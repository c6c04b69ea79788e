package io.afp.bench.transform;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Measures two sides in turn, in one warm process: seconds of the clock and of the processor. The
 * sides take turns in going first; a first pair is not counted.
 */
public final class Pairs {

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** What is measured. */
  public interface Side {

    /** Brings everything into the state from which it starts; not measured. */
    void prepare();

    void run();
  }

  /** Seconds. */
  private record Spent(double wall, double processor) {}

  private final String name;
  private final Side afp;
  private final Side hand;
  private final List<Map<String, Spent>> counted = new ArrayList<>();

  public Pairs(String name, Side afp, Side hand) {
    this.name = name;
    this.afp = afp;
    this.hand = hand;
  }

  /**
   * Measures.
   *
   * @param after asks after each pair whether both sides did the same
   */
  public Pairs measure(int pairs, Runnable after) {
    for (int pair = 0; pair <= pairs; pair++) {
      Map<String, Spent> spent = pair(pair % 2 == 0);
      if (pair > 0) {
        counted.add(spent);
      }
      System.err.printf(
          Locale.ROOT,
          "%s, pair %d: %s, load %.1f%n",
          name,
          pair,
          spent,
          SYSTEM.getSystemLoadAverage());
      after.run();
    }
    return this;
  }

  private Map<String, Spent> pair(boolean handFirst) {
    Map<String, Spent> spent = new LinkedHashMap<>();
    if (handFirst) {
      spent.put("hand", spent(hand));
      spent.put("afp", spent(afp));
    } else {
      spent.put("afp", spent(afp));
      spent.put("hand", spent(hand));
    }
    return spent;
  }

  private static Spent spent(Side side) {
    side.prepare();
    System.gc(); // what the other side has left is not this one's
    long processor = SYSTEM.getProcessCpuTime();
    long wall = System.nanoTime();
    side.run();
    wall = System.nanoTime() - wall;
    return new Spent(wall / 1e9, (SYSTEM.getProcessCpuTime() - processor) / 1e9);
  }

  static String header() {
    return """
    | what | wall: AFP | by hand | ratio | processor: AFP | by hand | ratio |
    |---|---|---|---|---|---|---|""";
  }

  /** The medians; a ratio is the median of the ratios of the pairs. */
  public String row() {
    return String.format(
        Locale.ROOT,
        "| %s | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f |",
        name,
        median(p -> p.get("afp").wall()),
        median(p -> p.get("hand").wall()),
        median(p -> p.get("afp").wall() / p.get("hand").wall()),
        median(p -> p.get("afp").processor()),
        median(p -> p.get("hand").processor()),
        median(p -> p.get("afp").processor() / p.get("hand").processor()));
  }

  /** How many seconds of the clock AFP takes longer, as a median. */
  double difference() {
    return median(p -> p.get("afp").wall() - p.get("hand").wall());
  }

  private double median(ToDoubleFunction<Map<String, Spent>> value) {
    double[] sorted = counted.stream().mapToDouble(value).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
