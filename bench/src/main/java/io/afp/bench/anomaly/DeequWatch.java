package io.afp.bench.anomaly;

import com.amazon.deequ.anomalydetection.AnomalyDetectionStrategy;
import com.amazon.deequ.anomalydetection.OnlineNormalStrategy;
import io.afp.core.measure.JudgedPoint.Outcome;
import io.afp.core.measure.Point;
import java.util.ArrayList;
import java.util.List;
import scala.Option;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.collection.immutable.Vector;

/**
 * A strategy of Deequ, on all points that there were, as its anomaly checks use it. All others but
 * this one need Breeze, which AFP does not have.
 */
final class DeequWatch implements Watch {

  /** Deequ judges from the second point on; here no earlier than a rule of AFP would. */
  private static final int NEEDED = 8;

  private final AnomalyDetectionStrategy strategy;
  private final List<Object> values = new ArrayList<>();

  private DeequWatch(AnomalyDetectionStrategy strategy) {
    this.strategy = strategy;
  }

  /** As many standard deviations from the mean of all points, this one too. */
  static Watch onlineNormal(double deviations) {
    return new DeequWatch(
        new OnlineNormalStrategy(Option.apply(deviations), Option.apply(deviations), 0.1, true));
  }

  @Override
  public Outcome judge(Point point) {
    if (values.size() < NEEDED) {
      return Outcome.LEARNING;
    }
    List<Object> all = new ArrayList<>(values);
    all.add(point.value());
    Vector<Object> vector = JavaConverters.asScalaBuffer(all).toVector();
    boolean none = strategy.detect(vector, new Tuple2<>(values.size(), all.size())).isEmpty();
    return none ? Outcome.USUAL : Outcome.UNUSUAL;
  }

  @Override
  public void learn(Point point) {
    values.add(point.value());
  }

  @Override
  public boolean learnsUnusual() {
    return true;
  }
}
