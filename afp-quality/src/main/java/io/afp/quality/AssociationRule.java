package io.afp.quality;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.afp.core.definition.CheckDef;
import io.afp.core.definition.MetricRule.Association;
import io.afp.core.definition.MetricRule.Link;
import io.afp.core.definition.TableDef;
import io.afp.core.lake.Measure;
import io.afp.core.ledger.Metric;
import io.afp.core.ledger.Verdict;
import io.afp.core.measure.Figure;
import io.afp.core.measure.Frequencies;
import io.afp.core.spi.Judge;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Column;

/** Judges what two columns have to do with each other, by their pairs of values. */
record AssociationRule(TableDef table, CheckDef check, Association rule) implements MeasuredRule {

  @Override
  public Measure measure() {
    return rule.link() == Link.CORRELATION
        ? Measure.comoments(check.name(), judged(number(0), number(1)))
        : Measure.frequencies(check.name(), MeasuredRule.judged(check, pair(text(0), text(1))));
  }

  private Column judged(Column first, Column second) {
    Column both = first.isNotNull().and(second.isNotNull());
    return MeasuredRule.judged(check, when(both, struct(first.as("x"), second.as("y"))));
  }

  private Column number(int column) {
    return column(column, name -> Predicates.column(name).cast("double"));
  }

  private Column text(int column) {
    return column(column, name -> Categories.of(table, name).text());
  }

  private Column column(int number, Function<String, Column> column) {
    return column.apply(rule.columns().get(number));
  }

  /** Null where one of both is; the length says where the first ends. */
  private static Column pair(Column first, Column second) {
    return concat(length(first).cast("string"), lit(":"), first, second);
  }

  @Override
  public Verdict judge(Judge.Case written, Metric metric, String origin) {
    if (metric.state() instanceof Frequencies pairs && pairs.tooMany()) {
      return DeequJudge.broken(
          check,
          "the columns have more than %d different pairs of values, which are too many to be counted"
              .formatted(Frequencies.MOST));
    }
    Figure figure = Figure.of(rule, metric.state());
    boolean passed = figure.exact().filter(rule.bounds()::allow).isPresent();
    return new Verdict(
        check,
        figure.text().isEmpty() ? Verdict.Status.SKIPPED : DeequJudge.status(check, passed),
        metric.judged(),
        0,
        origin,
        Messages.ofNumber(check, figure.text().orElse("missing"), rule.bounds()),
        List.of());
  }
}
