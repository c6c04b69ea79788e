package io.afp.quality;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import io.afp.core.definition.CheckDef;
import io.afp.core.definition.RowRule;
import io.afp.core.definition.TableDef;
import io.afp.core.lake.Measure;
import io.afp.core.lake.RowGuard;
import io.afp.core.lake.WriteObserver;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.StructType;

/** Measures the rules of a table in the pass that writes it, and keeps rows out that break some. */
public final class ObservedChecks implements WriteObserver {

  /** The name under which the writer counts rows; a check of this name is scanned for. */
  static final String ROWS = "rows";

  @Override
  public List<Measure> observe(TableDef table, StructType schema) {
    return MeasuredRules.of(table, schema, check -> measures(check) && !check.quarantine())
        .measures();
  }

  /** What keeps rows out is measured before that. */
  @Override
  public List<RowGuard> guards(TableDef table, StructType schema) {
    return MeasuredRules.of(table, schema, CheckDef::quarantine).rules().stream()
        .flatMap(rule -> guard(table, rule).stream())
        .toList();
  }

  private static Optional<RowGuard> guard(TableDef table, MeasuredRule rule) {
    CheckDef check = rule.check();
    String words = "breaks " + Messages.rule(check);
    return Predicates.of(table, check)
        .map(predicate -> new RowGuard(check, judged(check), words, rule.measure()));
  }

  /** The value that was judged; of several columns all of them. */
  private static Column judged(CheckDef check) {
    if (check.column().isPresent()) {
      return Predicates.column(check.column().get());
    }
    return check.rule() instanceof RowRule rule
        ? to_json(struct(rule.reads().stream().map(c -> col(c)).toArray(Column[]::new)))
        : lit(null);
  }

  /** Whether the metric of a write that has the name of a check is that of the check. */
  static boolean measures(CheckDef check) {
    return !check.name().equals(ROWS);
  }
}
