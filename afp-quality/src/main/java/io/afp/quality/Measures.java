package io.afp.quality;

import io.afp.core.definition.CheckDef;
import io.afp.core.lake.Measurement;
import io.afp.core.lake.Measurement.Measured;
import io.afp.core.ledger.Metric;
import io.afp.core.measure.CheckPlan;
import io.afp.core.spi.Judge;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The metrics of a table: those of its write, those that its metadata tells, and all others, such
 * as those of a view, from one pass over its rows that is only made when one of them is asked for.
 */
final class Measures {

  private final Judge.Case written;
  private final Map<String, Metric> ofWrite;
  private Map<String, Metric> ofMetadata;
  private Measured ofScan;

  Measures(Judge.Case written) {
    this.written = written;
    this.ofWrite = written.metrics();
  }

  /** What is known without reading a row: the number of rows of the commit, or of the files. */
  Optional<Metric> ofMetadata(CheckDef check) {
    if (CheckPlan.countsAllRows(check) && ofWrite.containsKey(ObservedChecks.ROWS)) {
      return Optional.of(new Metric(check.name(), ofWrite.get(ObservedChecks.ROWS).state()));
    }
    if (ofMetadata == null) {
      List<CheckDef> wanted =
          written.table().allChecks().stream().filter(each -> ofWrite(each).isEmpty()).toList();
      ofMetadata = new FileCounts(written.rows(), wanted).metrics();
    }
    return Optional.ofNullable(ofMetadata.get(check.name()));
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
    return scan().of(check.name()).findFirst().orElseThrow();
  }

  private boolean isOfMetadata(CheckDef check) {
    return ofMetadata != null && ofMetadata.containsKey(check.name());
  }

  private Measured scan() {
    if (ofScan == null) {
      MeasuredRules rules =
          MeasuredRules.of(
              written.table(),
              written.rows().schema(),
              check -> ofWrite(check).isEmpty() && !isOfMetadata(check));
      ofScan = Measurement.scan(written.rows(), rules.measures());
    }
    return ofScan;
  }
}
