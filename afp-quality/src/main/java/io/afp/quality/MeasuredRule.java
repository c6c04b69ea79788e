package io.afp.quality;

import io.afp.core.definition.CheckDef;
import io.afp.core.definition.TableDef;
import io.afp.core.ledger.Metric;
import io.afp.core.ledger.Verdict;
import io.afp.core.spi.Judge;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** A check that is judged by aggregates, which can be measured while the rows are written. */
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
    return Resolution.problem(predicates(), this::columns, schema);
  }

  /** The aggregates that measure it; fails if a predicate can't be parsed. */
  List<Column> columns();

  /** The metric, from the values of {@link #columns()} that start at {@code offset}. */
  Metric read(Row row, int offset);

  /**
   * The verdict on what was measured.
   *
   * @param origin where it was measured
   */
  Verdict judge(Judge.Case written, Metric metric, String origin);
}
