package io.afp.quality;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.afp.core.definition.CheckDef;
import io.afp.core.definition.ColumnType;
import io.afp.core.definition.Literals;
import io.afp.core.definition.MetricRule.Distribution;
import io.afp.core.definition.TableDef;
import io.afp.core.error.Count;
import io.afp.core.lake.Measure;
import io.afp.core.ledger.Metric;
import io.afp.core.ledger.Verdict;
import io.afp.core.measure.Distances;
import io.afp.core.measure.Frequencies;
import io.afp.core.measure.State;
import io.afp.core.spi.Judge;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.apache.spark.sql.Column;

/**
 * Judges how far values are distributed from others. Against a declared distribution only the
 * places of its literals are counted, so no value is kept; against what the table had before, the
 * values of categories and a summary of numbers.
 */
record DistributionRule(TableDef table, CheckDef check, Distribution rule) implements MeasuredRule {

  @Override
  public Measure measure() {
    if (!rule.countsUpTo(type())) {
      Categories values = Categories.of(table, check);
      return frequencies(rule.isOfBefore() ? values.text() : values.among(literals(), others()));
    }
    return rule.isOfBefore()
        ? Measure.quantiles(
            check.name(), MeasuredRule.judged(check, number()), StatisticRule.RANK_ERROR)
        : frequencies(place());
  }

  private Measure frequencies(Column value) {
    return Measure.frequencies(check.name(), MeasuredRule.judged(check, value));
  }

  private List<String> literals() {
    return List.copyOf(rule.declared().keySet());
  }

  private static Column others() {
    return lit(Distances.OTHERS);
  }

  private Column number() {
    return Predicates.column(check.column().orElseThrow());
  }

  /** Which is the first declared number that a number is not above; NaN is above all. */
  private Column place() {
    Column place = when(number().isNull(), lit(null));
    for (int i = 0; i < literals().size(); i++) {
      place = place.when(isUpTo(literals().get(i)), lit(Integer.toString(i)));
    }
    return place.otherwise(others());
  }

  /**
   * A declared number is read as one of the column, since a wider type could have no room for both.
   */
  private Column isUpTo(String declared) {
    return switch (type().kind()) {
      case FLOAT, DOUBLE -> number().leq(expr(Literals.sql(type(), declared)));
      default -> isUpTo(new BigDecimal(declared).setScale(type().scale(), RoundingMode.FLOOR));
    };
  }

  /** What the type has no room for is above or below all numbers of the column. */
  private Column isUpTo(BigDecimal floor) {
    String text = floor.toPlainString();
    return Literals.isValue(type(), text)
        ? number().leq(expr(Literals.sql(type(), text)))
        : lit(floor.signum() > 0);
  }

  private ColumnType type() {
    return table.column(check.column().orElseThrow()).orElseThrow().type();
  }

  @Override
  public Verdict judge(Judge.Case written, Metric metric, String origin) {
    if (metric.judged() == 0) {
      return verdict(Verdict.Status.PASSED, metric, origin, "no row has a value");
    }
    if (metric.state() instanceof Frequencies found && found.tooMany()) {
      return DeequJudge.broken(check, Messages.tooManyValues());
    }
    if (!rule.isOfBefore()) {
      return judge(metric, origin, Distances.fromDeclared(rule, metric.state()).orElseThrow(), "");
    }
    return written
        .before(check)
        .filter(before -> before.judged() > 0)
        .map(before -> comparedWith(before, metric, origin))
        .orElseGet(
            () ->
                verdict(
                    Verdict.Status.LEARNING,
                    metric,
                    origin,
                    "how the values were distributed in the table before is not known"));
  }

  /** What had too many values stays so: to learn from it would never end. */
  private Verdict comparedWith(State before, Metric metric, String origin) {
    String from = " from %s before".formatted(Count.of(before.judged(), "row"));
    return Distances.between(rule.distance(), metric.state(), before)
        .map(apart -> judge(metric, origin, apart, from))
        .orElseGet(
            () ->
                DeequJudge.broken(
                    check,
                    "the table had more than %d different values before, which are too many to be compared"
                        .formatted(Frequencies.MOST)));
  }

  private Verdict judge(Metric metric, String origin, BigDecimal apart, String comparedWith) {
    String rows = Count.of(metric.judged(), "row") + comparedWith;
    String message = Messages.ofDistance(check, rule, apart, rows);
    return verdict(DeequJudge.status(check, rule.allows(apart)), metric, origin, message);
  }

  private Verdict verdict(Verdict.Status status, Metric metric, String origin, String message) {
    return new Verdict(check, status, metric.judged(), 0, origin, message, List.of());
  }
}
