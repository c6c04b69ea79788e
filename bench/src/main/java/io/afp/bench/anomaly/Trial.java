package io.afp.bench.anomaly;

import io.afp.core.measure.JudgedPoint.Outcome;
import io.afp.core.measure.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a watch says of a series in which nothing is wrong, and of the same series with a mistake.
 *
 * @param series what is right
 * @param acknowledged whether somebody acknowledges what is found in it
 */
record Trial(Supplier<Watch> watch, List<Point> series, boolean acknowledged) {

  private static final int WEEK = 7;

  /** How often something was looked for and found. */
  record Found(long found, long looked) {

    static final Found NONE = new Found(0, 0);

    Found plus(Found other) {
      return new Found(found + other.found, looked + other.looked);
    }

    double percent() {
      return looked == 0 ? 0 : 100.0 * found / looked;
    }
  }

  /** The points that are found although they are right. */
  List<Point> falseAlarms() {
    List<Point> alarms = new ArrayList<>();
    Watch watching = watch.get();
    series.forEach(
        point -> {
          if (look(watching, point) == Outcome.UNUSUAL) {
            alarms.add(point);
          }
        });
    return alarms;
  }

  /** How many points are judged at all. */
  long judged() {
    Watch watching = watch.get();
    return series.stream().filter(point -> look(watching, point) != Outcome.LEARNING).count();
  }

  /** Each point but the first is once made so much larger or smaller: how often that is found. */
  Found spikes(double share, int from) {
    Watch watching = watch.get();
    long found = 0;
    for (int day = 0; day < series.size(); day++) {
      Point right = series.get(day);
      if (day >= from && watching.judge(changed(right, share)) == Outcome.UNUSUAL) {
        found++;
      }
      look(watching, right);
    }
    return new Found(found, series.size() - from);
  }

  /** From a day on all points are so much larger or smaller: how often a week finds that. */
  Found shifts(double share, int from) {
    Watch watching = watch.get();
    boolean found = false;
    for (int day = 0; day < from + WEEK; day++) {
      Point right = series.get(day);
      Outcome outcome = day < from ? look(watching, right) : meet(watching, changed(right, share));
      found |= day >= from && outcome == Outcome.UNUSUAL;
    }
    return new Found(found ? 1 : 0, 1);
  }

  private static Point changed(Point right, double share) {
    return new Point(right.unit(), right.at(), Math.rint(right.value() * (1 + share)));
  }

  private Outcome look(Watch watching, Point right) {
    Outcome outcome = watching.judge(right);
    if (acknowledged || outcome != Outcome.UNUSUAL || watching.learnsUnusual()) {
      watching.learn(right);
    }
    return outcome;
  }

  private static Outcome meet(Watch watching, Point wrong) {
    Outcome outcome = watching.judge(wrong);
    if (outcome != Outcome.UNUSUAL || watching.learnsUnusual()) {
      watching.learn(wrong);
    }
    return outcome;
  }
}
