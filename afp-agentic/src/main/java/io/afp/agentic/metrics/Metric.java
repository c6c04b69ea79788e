package io.afp.agentic.metrics;

import java.util.OptionalDouble;

/**
 * A measure of success.
 *
 * @param name as the process names it
 * @param value empty where there is nothing to measure yet
 * @param unit of the value
 * @param of what exactly was measured, with its numbers
 */
public record Metric(String name, OptionalDouble value, String unit, String of) {

  /** A share, in percent. */
  static Metric share(String name, long part, long all, String of) {
    OptionalDouble value =
        all == 0
            ? OptionalDouble.empty()
            : OptionalDouble.of(Math.round(1000.0 * part / all) / 10.0);
    return new Metric(name, value, "%", "%d of %d %s".formatted(part, all, of));
  }
}
