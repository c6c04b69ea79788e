package io.afp.quality;

import static org.apache.spark.sql.functions.lit;

import io.afp.core.definition.CheckDef;
import io.afp.core.definition.MetricRule.Comparison;
import io.afp.core.definition.MetricRule.DistinctSet;
import io.afp.core.definition.TableDef;
import io.afp.core.lake.Measure;
import io.afp.core.ledger.Metric;
import io.afp.core.ledger.Verdict;
import io.afp.core.measure.Frequencies;
import io.afp.core.spi.Judge;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;

/**
 * Judges the set of different values. What is counted is which of the literals of the rule a value
 * is, so values are compared as values, and none is kept.
 */
record DistinctSetRule(TableDef table, CheckDef check, DistinctSet rule) implements MeasuredRule {

  private static final String OTHER = "-1";

  @Override
  public Measure measure() {
    Column which = Categories.of(table, check).among(rule.values(), lit(OTHER));
    return Measure.frequencies(check.name(), MeasuredRule.judged(check, which));
  }

  @Override
  public Verdict judge(Judge.Case written, Metric metric, String origin) {
    Frequencies found = (Frequencies) metric.state();
    long others = found.counts().getOrDefault(OTHER, 0L);
    List<String> missing =
        IntStream.range(0, rule.values().size())
            .filter(i -> !found.counts().containsKey(Integer.toString(i)))
            .mapToObj(rule.values()::get)
            .distinct()
            .toList();
    boolean passed =
        metric.judged() == 0
            || (others == 0 || rule.comparison() == Comparison.CONTAINS)
                && (missing.isEmpty() || rule.comparison() == Comparison.WITHIN);
    return new Verdict(
        check,
        DeequJudge.status(check, passed),
        metric.judged(),
        rule.comparison() == Comparison.CONTAINS ? 0 : others,
        origin,
        message(missing, others),
        List.of());
  }

  private String message(List<String> missing, long others) {
    String rows = others == 1 ? "1 row has" : others + " rows have";
    return "of %s%s, %s, %s another value"
        .formatted(
            rule.values(),
            Messages.where(check),
            missing.isEmpty() ? "all are there" : missing + " are missing",
            rows);
  }
}
