package io.afp.quality;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.afp.core.definition.Bounds;
import io.afp.core.definition.CheckDef;
import io.afp.core.definition.MetricRule.MostCommon;
import io.afp.core.definition.TableDef;
import io.afp.core.error.Count;
import io.afp.core.lake.Measure;
import io.afp.core.ledger.Metric;
import io.afp.core.ledger.Verdict;
import io.afp.core.measure.Frequencies;
import io.afp.core.measure.MostFrequent;
import io.afp.core.spi.Judge;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;

/**
 * Judges the value that occurs most often. What is counted of a value that the rule names is its
 * number, so values are compared as values; where there are more different ones than are counted in
 * the write, a query counts them.
 */
record MostCommonRule(TableDef table, CheckDef check, MostCommon rule) implements MeasuredRule {

  private static final String NOT_NAMED = "=";
  private static final int SHOWN = 3;

  @Override
  public Measure measure() {
    return Measure.frequencies(check.name(), MeasuredRule.judged(check, counted()));
  }

  private Column counted() {
    Categories values = Categories.of(table, check);
    return values.among(rule.values(), concat(lit(NOT_NAMED), values.text()));
  }

  @Override
  public Optional<Supplier<Metric>> query(Judge.Case written, Metric metric) {
    Frequencies found = (Frequencies) metric.state();
    return found.tooMany()
        ? Optional.of(
            () -> new Metric(metric.name(), metric.unit(), counted(written, found.judged())))
        : Optional.empty();
  }

  /** Of values that occur as often as no other a few are enough to tell. */
  private Frequencies counted(Judge.Case written, long judged) {
    Map<String, Long> counts =
        written
            .rows()
            .select(MeasuredRule.judged(check, counted()).as("value"))
            .filter(col("value").isNotNull())
            .groupBy("value")
            .agg(count(lit(1)).as("n"))
            .orderBy(col("n").desc(), col("value").desc()) // those that are not named come first
            .limit(Frequencies.MOST)
            .collectAsList()
            .stream()
            .collect(Collectors.toMap(row -> row.getString(0), row -> row.getLong(1)));
    if (counts.isEmpty()) {
      throw new IllegalArgumentException("the rows that were measured are not there any more");
    }
    return Frequencies.of(judged, counts);
  }

  @Override
  public Verdict judge(Judge.Case written, Metric metric, String origin) {
    Optional<MostFrequent> most = MostFrequent.of((Frequencies) metric.state());
    return new Verdict(
        check,
        DeequJudge.status(check, most.map(this::isAllowed).orElse(true)),
        metric.judged(),
        0,
        origin,
        most.map(this::message).orElse("no row has a value"),
        List.of());
  }

  private boolean isAllowed(MostFrequent most) {
    boolean named = rule.values().isEmpty() || most.values().stream().allMatch(this::isNamed);
    return named && rule.share().filter(bounds -> !bounds.allow(most.share())).isEmpty();
  }

  private boolean isNamed(String counted) {
    return !counted.startsWith(NOT_NAMED);
  }

  private String message(MostFrequent most) {
    String values =
        most.values().stream().limit(SHOWN).map(this::shown).collect(Collectors.joining(", "));
    String more = most.values().size() > SHOWN ? " and others" : "";
    boolean one = most.values().size() == 1;
    return "the most common %s%s %s %s%s, in %d of %s, that is %s%s%s"
        .formatted(
            one ? "value" : "values",
            Messages.where(check),
            one ? "is" : "are",
            values,
            more,
            most.count(),
            Count.of(most.judged(), "row"),
            Messages.percent(most.share()),
            rule.values().isEmpty() ? "" : "; allowed are " + rule.values(),
            rule.share().map(this::allowed).orElse(""));
  }

  private String allowed(Bounds share) {
    return "; allowed is a share of " + share;
  }

  private String shown(String counted) {
    return isNamed(counted)
        ? rule.values().get(Integer.parseInt(counted))
        : counted.substring(NOT_NAMED.length());
  }
}
