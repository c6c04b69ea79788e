package io.afp.core.job;

import io.afp.core.definition.TableName;
import io.afp.core.job.Chunks.Chunk;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How long a backfill has still to go: by what its chunks took so far, before the first by what
 * earlier runs took for the same tables, else nobody knows.
 */
final class Pace {

  private final Optional<Duration> expected;
  private final int units;
  private Duration spent = Duration.ZERO;
  private int done;

  /**
   * The pace of a backfill before it begins.
   *
   * @param perUnit what a unit of each table took in earlier runs
   */
  Pace(Plan plan, List<Chunk> chunks, Map<TableName, Duration> perUnit) {
    this.units = chunks.stream().mapToInt(Chunk::units).sum();
    this.expected = expected(plan, chunks.size(), perUnit);
  }

  private static Optional<Duration> expected(
      Plan plan, int chunks, Map<TableName, Duration> perUnit) {
    Duration sum = Duration.ZERO;
    for (Plan.Step step : plan.steps()) {
      Duration one = perUnit.get(step.name());
      if (one == null) {
        return Optional.empty();
      }
      sum = sum.plus(one.multipliedBy(step.table().hasInterval() ? step.units().size() : chunks));
    }
    return Optional.of(sum);
  }

  void ended(Chunk chunk, Duration took) {
    done += chunk.units();
    spent = spent.plus(took);
  }

  /** The time that is left; empty when it is not known. */
  Optional<Duration> left() {
    return done == 0 ? expected : Optional.of(spent.multipliedBy(units - done).dividedBy(done));
  }

  /** The same for people. */
  String text() {
    String by = done == 0 ? ", by earlier runs" : "";
    return left()
        .map(time -> "about %s left%s".formatted(text(time), by))
        .orElse("time left unknown");
  }

  private static String text(Duration time) {
    long seconds = Math.max(1, Math.round(time.toMillis() / 1000.0));
    if (seconds < 90) {
      return seconds + " s";
    }
    long minutes = Math.round(seconds / 60.0);
    return minutes < 90 ? minutes + " min" : Math.round(minutes / 60.0) + " h";
  }
}
