package io.afp.core.measure;

import io.afp.core.definition.AnomalyDef;
import io.afp.core.definition.AnomalyDef.Season;
import io.afp.core.measure.JudgedPoint.Outcome;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says of points whether they are as those before them let expect. A point is judged by earlier
 * ones only, so that it is judged the same however often and however late; and never by unusual
 * ones, so that one bad value does not make the next one look good.
 */
public final class AnomalyDetector {

  private static final int WEEKDAYS = 7;

  private final AnomalyDef rule;

  public AnomalyDetector(AnomalyDef rule) {
    this.rule = rule;
  }

  /** Judges points in the order of time; those of them that are usual are history to the next. */
  public List<JudgedPoint> judge(History history, List<Point> points) {
    List<Point> baseline = new ArrayList<>(history.baseline());
    List<JudgedPoint> judged = new ArrayList<>();
    for (Point point : points.stream().sorted(Comparator.comparing(Point::at)).toList()) {
      baseline.removeIf(point::isOfSameUnit);
      JudgedPoint verdict = judge(before(point, baseline, history.since()), history, point);
      judged.add(verdict);
      if (verdict.outcome().isBaseline()) {
        baseline.add(point);
      }
    }
    return judged;
  }

  private static List<Point> before(
      Point point, List<Point> baseline, Optional<LocalDateTime> since) {
    return baseline.stream()
        .filter(earlier -> earlier.at().isBefore(point.at()))
        .filter(earlier -> since.isEmpty() || !earlier.at().isBefore(since.get()))
        .sorted(Comparator.comparing(Point::at))
        .toList();
  }

  private JudgedPoint judge(List<Point> before, History history, Point point) {
    Map<Object, List<Double>> groups = groups(before);
    List<Double> own = groups.getOrDefault(season(point), List.of());
    if (!Double.isFinite(point.value())) {
      return new JudgedPoint(point, Outcome.UNUSUAL, Optional.empty(), own.size());
    }
    if (own.size() < rule.minPoints()) {
      return new JudgedPoint(point, Outcome.LEARNING, Optional.empty(), own.size());
    }
    Bounds bounds = bounds(own, groups.values());
    return new JudgedPoint(point, outcome(bounds, history, point), Optional.of(bounds), own.size());
  }

  private static Outcome outcome(Bounds bounds, History history, Point point) {
    if (bounds.contains(point.value())) {
      return Outcome.USUAL;
    }
    return history.isAcknowledged(point) ? Outcome.ACKNOWLEDGED : Outcome.UNUSUAL;
  }

  /** The newest values of each season. */
  private Map<Object, List<Double>> groups(List<Point> before) {
    Map<Object, List<Double>> groups = new LinkedHashMap<>();
    before.forEach(
        point -> groups.computeIfAbsent(season(point), s -> new ArrayList<>()).add(point.value()));
    groups.replaceAll(
        (season, values) ->
            values.subList(Math.max(0, values.size() - rule.last()), values.size()));
    return groups;
  }

  /** Points of an equal season are compared with each other. */
  private Object season(Point point) {
    int hour = point.unit().isEmpty() ? 0 : point.at().getHour(); // a run may start at any
    return rule.season() == Season.NONE
        ? Season.NONE
        : point.at().getDayOfWeek().getValue() + WEEKDAYS * hour;
  }

  private Bounds bounds(List<Double> own, Collection<List<Double>> groups) {
    double limit = rule.limit().doubleValue();
    Spread spread =
        switch (rule.method()) {
          case ROBUST -> Spread.ofMedians(own, groups);
          case ZSCORE -> Spread.ofMeans(own, groups);
          case CHANGE -> new Spread(Spread.median(own), 0, 1);
        };
    double size = Math.abs(spread.middle());
    double reach = rule.method() == AnomalyDef.Method.CHANGE ? limit * size : spread.reach(limit);
    double most = Math.max(reach, rule.tolerance().doubleValue() * size);
    Bounds bounds = new Bounds(spread.middle() - most, spread.middle(), spread.middle() + most);
    return Quantities.possible(rule.of(), bounds);
  }
}
