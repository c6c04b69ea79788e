package io.afp.bench.anomaly;

import io.afp.core.definition.AnomalyDef;
import io.afp.core.measure.AnomalyDetector;
import io.afp.core.measure.History;
import io.afp.core.measure.JudgedPoint.Outcome;
import io.afp.core.measure.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Something that looks at the points of a series one after the other. */
interface Watch {

  /** What it says of a point, without taking note of it. */
  Outcome judge(Point point);

  /** Takes note of a point. */
  void learn(Point point);

  /** Whether it takes note of points that it finds unusual, although nobody acknowledged them. */
  boolean learnsUnusual();

  /** A rule of AFP. */
  static Watch of(AnomalyDef rule) {
    AnomalyDetector detector = new AnomalyDetector(rule);
    List<Point> baseline = new ArrayList<>();
    return new Watch() {
      @Override
      public Outcome judge(Point point) {
        History history = new History(baseline, List.of(), Optional.empty());
        return detector.judge(history, List.of(point)).get(0).outcome();
      }

      @Override
      public void learn(Point point) {
        baseline.add(point);
      }

      @Override
      public boolean learnsUnusual() {
        return false;
      }
    };
  }
}
