package io.afp.quality;

import io.afp.core.definition.CheckDef;
import io.afp.core.ledger.Metric;
import io.afp.core.spi.Judge;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

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
    return Optional.ofNullable(ofWrite.get(check.name()))
        .filter(metric -> ObservedChecks.measures(check));
  }

  /** The metric of a rule that was not measured in the write, and that can be evaluated. */
  Metric ofScan(CheckDef check) {
    if (ofScan == null) {
      ofScan = scan();
    }
    return ofScan.get(check.name());
  }

  private Map<String, Metric> scan() {
    MeasuredRules rules =
        MeasuredRules.of(
            written.table(), written.rows().schema(), check -> ofWrite(check).isEmpty());
    Column[] columns = rules.columns().toArray(Column[]::new);
    Row row = written.rows().agg(columns[0], Arrays.copyOfRange(columns, 1, columns.length)).head();
    return rules.read(row, 0).stream().collect(Collectors.toMap(Metric::name, metric -> metric));
  }
}
