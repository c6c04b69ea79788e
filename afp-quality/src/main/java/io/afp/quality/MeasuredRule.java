package io.afp.quality;

import io.afp.core.definition.CheckDef;
import io.afp.core.definition.TableDef;
import io.afp.core.lake.Measure;
import io.afp.core.ledger.Metric;
import io.afp.core.ledger.Verdict;
import io.afp.core.spi.Judge;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;

/**
 * A check that is judged by what one pass over the rows has measured, which can be the pass that
 * writes them.
 *
 * <p>A new rule about many rows is one more record like {@link FreshRule}, named here in {@code
 * permits} and in {@link #of}:
 *
 * <pre>{@code
 * record MeanRule(CheckDef check, CheckDef.Mean rule) implements MeasuredRule {
 *   public List<String> predicates() { return check.where().stream().toList(); }
 *   public Measure measure() { return Measure.moments(check.name(), col(check.column().orElseThrow())); }
 *   public Verdict judge(Judge.Case written, Metric metric, String origin) {
 *     Moments moments = (Moments) metric.state();
 *     boolean passed = moments.judged() > 0 && rule.allows(moments.mean());
 *     return new Verdict(check, DeequJudge.status(check, passed), moments.judged(), 0, origin, …, List.of());
 *   }
 * }
 * }</pre>
 *
 * <p>That is all: it is measured in the write, or by the one scan for everything that was not, and
 * its state is kept in the ledger and adds up. A new kind of state is a record in {@code
 * io.afp.core.measure}, a {@code Tally} and a factory in {@link Measure}.
 */
sealed interface MeasuredRule permits DeequRule, FreshRule {

  /** The rule of a check; empty for one that has to be scanned for. */
  static Optional<MeasuredRule> of(TableDef table, CheckDef check) {
    return check.rule() instanceof CheckDef.Fresh fresh
        ? Optional.of(new FreshRule(table, check, fresh))
        : DeequRule.of(table, check).map(rule -> rule);
  }

  CheckDef check();

  /** What is asked of a row, in SQL. */
  List<String> predicates();

  /** Why it can't be evaluated over these columns; empty when it can. */
  default Optional<String> problem(StructType schema) {
    return Resolution.problem(predicates(), () -> List.of(measure().input()), schema);
  }

  /** What is measured, by the name of the check; fails if a predicate can't be parsed. */
  Measure measure();

  /**
   * The verdict on what was measured.
   *
   * @param origin where it was measured
   */
  Verdict judge(Judge.Case written, Metric metric, String origin);
}
