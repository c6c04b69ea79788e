package io.afp.quality;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.when;

import io.afp.core.definition.CheckDef;
import io.afp.core.definition.MetricRule;
import io.afp.core.definition.TableDef;
import io.afp.core.lake.Measure;
import io.afp.core.ledger.Metric;
import io.afp.core.ledger.Verdict;
import io.afp.core.spi.Judge;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A check that is judged by what one pass over the rows has measured, which can be the pass that
 * writes them.
 *
 * <p>A new rule about many rows is one more record like {@link StatisticRule}, named here in {@code
 * permits} and in {@link #of}.
 *
 * <p>That is all: it is measured in the write, or by the one scan for everything that was not, and
 * its state is kept in the ledger and adds up. A new kind of state is a record in {@code
 * io.afp.core.measure}, a {@code Tally} and a factory in {@link Measure}.
 */
sealed interface MeasuredRule
    permits DeequRule,
        FreshRule,
        StatisticRule,
        DistinctSetRule,
        MostCommonRule,
        DistributionRule,
        AssociationRule,
        AnomalyRule {

  /** The rule of a check; empty for one that has to be scanned for. */
  static Optional<MeasuredRule> of(TableDef table, CheckDef check) {
    if (check.rule() instanceof CheckDef.Fresh fresh) {
      return Optional.of(new FreshRule(table, check, fresh));
    }
    if (check.rule() instanceof CheckDef.Anomaly anomaly) {
      return Optional.of(new AnomalyRule(check, anomaly.watched()));
    }
    if (check.rule() instanceof MetricRule.DistinctSet set) {
      return Optional.of(new DistinctSetRule(table, check, set));
    }
    if (check.rule() instanceof MetricRule.MostCommon common) {
      return Optional.of(new MostCommonRule(table, check, common));
    }
    if (check.rule() instanceof MetricRule.Distribution distribution) {
      return Optional.of(new DistributionRule(table, check, distribution));
    }
    if (check.rule() instanceof MetricRule.Association association) {
      return Optional.of(new AssociationRule(table, check, association));
    }
    return check.rule() instanceof MetricRule
        ? Optional.of(new StatisticRule(table, check))
        : DeequRule.of(table, check).map(rule -> rule);
  }

  /** The condition of a check, where it has one. */
  static List<Supplier<Column>> where(CheckDef check) {
    return check.where().stream().map(sql -> (Supplier<Column>) () -> expr(sql)).toList();
  }

  /** What is asked of a row, where the condition of a check holds. */
  static Column judged(CheckDef check, Column value) {
    return check.where().map(where -> when(expr(where), value)).orElse(value);
  }

  /** The rows that a check is asked of. */
  static Dataset<Row> judged(CheckDef check, Dataset<Row> rows) {
    return check.where().map(rows::filter).orElse(rows);
  }

  CheckDef check();

  /** What is asked of a row; asking for it fails where it is not SQL. */
  default List<Supplier<Column>> predicates() {
    return where(check());
  }

  /** Why it can't be evaluated over these columns; empty when it can. */
  default Optional<String> problem(StructType schema) {
    return Resolution.problem(predicates(), () -> List.of(measure().input()), schema);
  }

  /** What is measured, by the name of the check; fails if a predicate can't be parsed. */
  Measure measure();

  /**
   * A query for what was measured, where the measurement does not tell it; empty where it does. It
   * is asked once, however many thresholds there are.
   */
  default Optional<Supplier<Metric>> query(Judge.Case written, Metric metric) {
    return Optional.empty();
  }

  /**
   * The verdict on what was measured.
   *
   * @param origin where it was measured
   */
  Verdict judge(Judge.Case written, Metric metric, String origin);
}
