package io.afp.quality;

import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.afp.core.definition.Bounds;
import io.afp.core.definition.CheckDef;
import io.afp.core.definition.ColumnType;
import io.afp.core.definition.Literals;
import io.afp.core.definition.MetricRule.Quantile;
import io.afp.core.definition.MetricRule.Statistic;
import io.afp.core.definition.MetricRule.Statistical;
import io.afp.core.definition.TableDef;
import io.afp.core.lake.Measure;
import io.afp.core.ledger.Metric;
import io.afp.core.ledger.Verdict;
import io.afp.core.measure.Extremes;
import io.afp.core.measure.Figure;
import io.afp.core.measure.Frequencies;
import io.afp.core.spi.Judge;
import java.util.List;
import org.apache.spark.sql.Column;

/** Judges one number that is made of all values of a column. */
record StatisticRule(TableDef table, CheckDef check) implements MeasuredRule {

  /** By how much the rank of a quantile may be wrong, as a share of all values. */
  static final double RANK_ERROR = 0.001;

  @Override
  public Measure measure() {
    Column value = MeasuredRule.judged(check, Predicates.column(column()));
    if (!(check.rule() instanceof Statistical rule)) {
      return Measure.quantiles(check.name(), value, RANK_ERROR);
    }
    return switch (rule.statistic()) {
      case MIN, MAX, RANGE -> Measure.extremes(check.name(), value);
      case MEAN, SUM, STDDEV, VARIANCE, SKEWNESS, KURTOSIS -> Measure.moments(check.name(), value);
      case MEDIAN, INTERQUARTILE_RANGE -> Measure.quantiles(check.name(), value, RANK_ERROR);
      case DISTINCT, DISTINCT_SHARE, ENTROPY -> Measure.frequencies(check.name(), hash(value));
    };
  }

  /** No value is kept, only that there are different ones. */
  private static Column hash(Column value) {
    return when(value.isNotNull(), xxhash64(value));
  }

  private String column() {
    return check.column().orElseThrow();
  }

  @Override
  public Verdict judge(Judge.Case written, Metric metric, String origin) {
    boolean many = metric.state() instanceof Frequencies values && values.tooMany();
    if (many && !isNumberOfValues()) {
      return DeequJudge.broken(check, Messages.tooManyValues());
    }
    Figure figure = Figure.of(check.rule(), metric.state());
    String shown = many ? "more than " + Frequencies.MOST : figure.text().orElse("missing");
    boolean none = !many && figure.text().isEmpty(); // such as the deviation of one number
    boolean passed = many ? allowsMany() : !none && isAllowed(figure, metric);
    return new Verdict(
        check,
        none ? Verdict.Status.SKIPPED : DeequJudge.status(check, passed),
        metric.judged(),
        0,
        origin,
        Messages.ofNumber(check, shown, bounds()),
        List.of());
  }

  private boolean isNumberOfValues() {
    return ((Statistical) check.rule()).statistic() == Statistic.DISTINCT;
  }

  private boolean isValue() {
    return check.rule() instanceof Statistical rule
        && (rule.statistic() == Statistic.MIN || rule.statistic() == Statistic.MAX);
  }

  /** The bounds are not above the number of values that are told apart. */
  private boolean allowsMany() {
    return bounds().max().isEmpty();
  }

  private boolean isAllowed(Figure figure, Metric metric) {
    if (isValue()) {
      return isAllowed(figure.text().orElseThrow(), ((Extremes) metric.state()).type());
    }
    return figure.exact().filter(bounds()::allow).isPresent();
  }

  private boolean isAllowed(String value, Extremes.Type order) {
    ColumnType type = table.column(column()).orElseThrow().type();
    return bounds()
            .min()
            .filter(min -> order.compare(value, Literals.canonical(type, min)) < 0)
            .isEmpty()
        && bounds()
            .max()
            .filter(max -> order.compare(value, Literals.canonical(type, max)) > 0)
            .isEmpty();
  }

  private Bounds bounds() {
    return check.rule() instanceof Quantile quantile
        ? quantile.bounds()
        : ((Statistical) check.rule()).bounds();
  }
}
