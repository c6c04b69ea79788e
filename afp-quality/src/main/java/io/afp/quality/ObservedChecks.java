package io.afp.quality;

import io.afp.core.definition.TableDef;
import io.afp.core.lake.WriteObserver;
import io.afp.core.ledger.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Measures the rules of a table in the pass that writes it. */
public final class ObservedChecks implements WriteObserver {

  /** The name under which the writer counts rows; a check of this name is scanned for. */
  static final String ROWS = "rows";

  @Override
  public Measurement observe(TableDef table, StructType schema) {
    List<MeasuredRule> rules =
        table.allChecks().stream()
            .map(check -> MeasuredRule.of(table, check))
            .flatMap(Optional::stream)
            .filter(rule -> !rule.check().name().equals(ROWS))
            .filter(rule -> rule.problem(schema).isEmpty())
            .toList();
    return new Rules(rules);
  }

  private record Rules(List<MeasuredRule> rules) implements Measurement {

    @Override
    public List<Column> columns() {
      return rules.stream().flatMap(rule -> rule.columns().stream()).toList();
    }

    @Override
    public List<Metric> read(Row row, int offset) {
      List<Metric> metrics = new ArrayList<>();
      int at = offset;
      for (MeasuredRule rule : rules) {
        metrics.add(rule.read(row, at));
        at += rule.columns().size();
      }
      return metrics;
    }
  }
}
