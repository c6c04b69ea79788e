package io.afp.quality;

import io.afp.core.definition.CheckDef;
import io.afp.core.lake.Measurement;
import io.afp.core.lake.Measurement.Measured;
import io.afp.core.ledger.Metric;
import io.afp.core.spi.Judge;
import java.util.Map;
import java.util.Optional;

/**
 * The metrics of a table: those of its write, and all others, such as those of a view, from one
 * pass over its rows that is only made when one of them is asked for.
 */
final class Measures {

  private final Judge.Case written;
  private final Map<String, Metric> ofWrite;
  private Measured ofScan;

  Measures(Judge.Case written) {
    this.written = written;
    this.ofWrite = written.metrics();
  }

  Optional<Metric> ofWrite(CheckDef check) {
    return Optional.ofNullable(ofWrite.get(check.name()))
        .filter(metric -> ObservedChecks.measures(check));
  }

  /** Why a rule, which was not measured in the write, could not be measured at all. */
  Optional<String> failure(CheckDef check) {
    return Optional.ofNullable(scan().failures().get(check.name()));
  }

  /** The metric of a rule that was not measured in the write, and did not fail. */
  Metric ofScan(CheckDef check) {
    return scan().metrics().stream()
        .filter(metric -> metric.name().equals(check.name()))
        .findFirst()
        .orElseThrow();
  }

  private Measured scan() {
    if (ofScan == null) {
      MeasuredRules rules =
          MeasuredRules.of(
              written.table(), written.rows().schema(), check -> ofWrite(check).isEmpty());
      ofScan = Measurement.scan(written.rows(), rules.measures());
    }
    return ofScan;
  }
}
