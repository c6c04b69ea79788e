package io.afp.quality;

import static org.apache.spark.sql.functions.lit;

import io.afp.core.definition.AnomalyDef;
import io.afp.core.definition.AnomalyDef.Quantity;
import io.afp.core.definition.AnomalyDef.Season;
import io.afp.core.definition.CheckDef;
import io.afp.core.error.Count;
import io.afp.core.lake.Measure;
import io.afp.core.ledger.Metric;
import io.afp.core.ledger.Verdict;
import io.afp.core.measure.AnomalyDetector;
import io.afp.core.measure.Bounds;
import io.afp.core.measure.JudgedPoint;
import io.afp.core.measure.JudgedPoint.Outcome;
import io.afp.core.measure.Point;
import io.afp.core.measure.Quantities;
import io.afp.core.spi.Judge;
import io.afp.core.spi.Judge.Part;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;

/**
 * Judges a quantity by its history. Deequ's strategies know none that is bad: what they found once
 * they take for good the next time, the point itself is among those that it is judged by, and with
 * no history they fail.
 */
record AnomalyRule(CheckDef check, AnomalyDef watched) implements MeasuredRule {

  private static final int NAMED = 3;
  private static final MathContext SHOWN = new MathContext(6);

  @Override
  public Measure measure() {
    String name = check.name();
    return switch (watched.of()) {
      case ROWS -> Measure.counts(name, judged(lit(true)));
      case COMPLETENESS -> Measure.counts(name, judged(column().isNotNull()));
      case MEAN, SUM, DEVIATION -> Measure.moments(name, judged(column()));
      case MIN, MAX -> Measure.extremes(name, judged(column()));
    };
  }

  private Column column() {
    return Predicates.column(check.column().orElseThrow());
  }

  private Column judged(Column value) {
    return MeasuredRule.judged(check, value);
  }

  @Override
  public Verdict judge(Judge.Case written, Metric metric, String origin) {
    List<Part> parts = written.parts(metric);
    List<Point> points = parts.stream().flatMap(this::point).toList();
    List<JudgedPoint> judged = new AnomalyDetector(watched).judge(written.history(check), points);
    return new Verdict(
        check,
        status(parts, judged),
        metric.judged(),
        0,
        origin,
        message(parts, judged),
        List.of(),
        judged);
  }

  private Stream<Point> point(Part part) {
    return Quantities.of(check, part.metric().state()).stream()
        .mapToObj(value -> new Point(part.unit(), part.at(), value));
  }

  private Verdict.Status status(List<Part> parts, List<JudgedPoint> judged) {
    if (has(judged, Outcome.UNUSUAL)) {
      return DeequJudge.status(check, false);
    }
    if (judged.isEmpty() && !parts.isEmpty()) {
      return Verdict.Status.SKIPPED;
    }
    boolean learning = parts.isEmpty() || has(judged, Outcome.LEARNING);
    return learning ? Verdict.Status.LEARNING : Verdict.Status.PASSED;
  }

  private static boolean has(List<JudgedPoint> judged, Outcome outcome) {
    return judged.stream().anyMatch(point -> point.outcome() == outcome);
  }

  private String message(List<Part> parts, List<JudgedPoint> judged) {
    if (parts.isEmpty()) {
      return "it was not measured by interval when it was written, so there is nothing to compare";
    }
    if (judged.isEmpty()) {
      return "no row%s was judged, so there is no %s".formatted(Messages.where(check), quantity());
    }
    Outcome worst =
        Stream.of(Outcome.UNUSUAL, Outcome.LEARNING, Outcome.ACKNOWLEDGED, Outcome.USUAL)
            .filter(outcome -> has(judged, outcome))
            .findFirst()
            .orElseThrow();
    List<JudgedPoint> such = judged.stream().filter(p -> p.outcome() == worst).toList();
    String some =
        such.stream()
            .skip(worst == Outcome.UNUSUAL ? 0 : such.size() - 1) // else the newest says it all
            .limit(NAMED)
            .map(this::sentence)
            .collect(Collectors.joining("; "));
    boolean more = worst == Outcome.UNUSUAL && such.size() > NAMED;
    return more ? "%s; and %d more".formatted(some, such.size() - NAMED) : some;
  }

  private String sentence(JudgedPoint judged) {
    Point point = judged.point();
    String unit = point.unit().isEmpty() ? "" : " of " + point.unit();
    String found =
        "the %s%s%s is %s".formatted(quantity(), Messages.where(check), unit, text(point.value()));
    if (judged.outcome() == Outcome.LEARNING) {
      return "%s; learning: %s before it, %d are needed"
          .formatted(found, Count.of(judged.basis(), "point") + season(), watched.minPoints());
    }
    return judged.bounds().map(bounds -> found + expected(judged, bounds)).orElse(found);
  }

  private String expected(JudgedPoint judged, Bounds bounds) {
    String usual =
        "; %s to %s is usual after %s, %s is expected"
            .formatted(
                text(bounds.lower()),
                text(bounds.upper()),
                Count.of(judged.basis(), "point") + season(),
                text(bounds.expected()));
    return judged.outcome() == Outcome.ACKNOWLEDGED ? usual + "; it is acknowledged" : usual;
  }

  private String season() {
    return watched.season() == Season.WEEKDAY ? " of the same weekday" : "";
  }

  private String quantity() {
    String of = check.column().map(column -> " of " + column).orElse("");
    return watched.of() == Quantity.ROWS ? "number of rows" : watched.of().keyword() + of;
  }

  private static String text(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    BigDecimal shown = BigDecimal.valueOf(value);
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    return whole
        ? shown.toBigInteger().toString()
        : shown.round(SHOWN).stripTrailingZeros().toPlainString();
  }
}
