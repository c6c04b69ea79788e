package io.afp.quality;

import io.afp.core.definition.CheckDef;
import io.afp.core.ledger.Metric;
import io.afp.core.spi.Judge;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * The metrics of a table: those of its write, and all others, such as those of a view, from one
 * pass over its rows that is only made when one of them is asked for.
 */
final class Measures {

  private final Judge.Case written;
  private final Map<String, Metric> ofWrite;
  private Map<String, Metric> ofScan;

  Measures(Judge.Case written) {
    this.written = written;
    this.ofWrite = written.metrics();
  }

  Optional<Metric> ofWrite(CheckDef check) {
    return check.name().equals(ObservedChecks.ROWS)
        ? Optional.empty()
        : Optional.ofNullable(ofWrite.get(check.name()));
  }

  /** The metric of a rule that was not measured in the write, and that can be evaluated. */
  Metric ofScan(CheckDef check) {
    if (ofScan == null) {
      ofScan = scan();
    }
    return ofScan.get(check.name());
  }

  private Map<String, Metric> scan() {
    StructType schema = written.rows().schema();
    List<MeasuredRule> rules =
        written.table().allChecks().stream()
            .filter(check -> ofWrite(check).isEmpty())
            .flatMap(check -> MeasuredRule.of(written.table(), check).stream())
            .filter(rule -> rule.problem(schema).isEmpty())
            .toList();
    Column[] columns = rules.stream().flatMap(r -> r.columns().stream()).toArray(Column[]::new);
    Row row = written.rows().agg(columns[0], Arrays.copyOfRange(columns, 1, columns.length)).head();
    Map<String, Metric> metrics = new HashMap<>();
    int offset = 0;
    for (MeasuredRule rule : rules) {
      metrics.put(rule.check().name(), rule.read(row, offset));
      offset += rule.columns().size();
    }
    return metrics;
  }
}
