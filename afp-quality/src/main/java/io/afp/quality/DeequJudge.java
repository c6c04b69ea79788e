package io.afp.quality;

import io.afp.core.definition.CheckDef;
import io.afp.core.ledger.Metric;
import io.afp.core.ledger.Verdict;
import io.afp.core.spi.Judge;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;

/**
 * Judges the checks of a table: on what was measured in the write where it can be, else by a scan
 * of what was written.
 */
public final class DeequJudge implements Judge {

  @Override
  public List<Verdict> judge(Case written) {
    Measures measures = new Measures(written);
    List<Verdict> verdicts = new ArrayList<>();
    for (CheckDef check : written.table().allChecks()) {
      verdicts.add(judge(written, check, measures));
    }
    return verdicts;
  }

  private static Verdict judge(Case written, CheckDef check, Measures measures) {
    Optional<MeasuredRule> rule = MeasuredRule.of(written.table(), check);
    if (rule.isEmpty()) {
      return scanned(written, check);
    }
    Optional<Metric> metric = measures.ofWrite(check);
    if (metric.isPresent()) {
      return rule.get().judge(written, metric.get(), "write");
    }
    return rule.get()
        .problem(written.rows().schema())
        .map(reason -> broken(check, reason))
        .orElseGet(() -> rule.get().judge(written, measures.ofScan(check), "scan"));
  }

  /** The verdict on a rule about more than single rows. */
  private static Verdict scanned(Case written, CheckDef check) {
    StructType schema = written.rows().schema();
    Optional<String> problem =
        check.where().flatMap(where -> Resolution.problem(List.of(where), List::of, schema));
    if (problem.isPresent()) {
      return broken(check, problem.get());
    }
    return check.rule() instanceof CheckDef.Key key
        ? new KeyScan(written, check, key).judge()
        : new ReferenceScan(written, check, (CheckDef.References) check.rule()).judge();
  }

  /** Whether the share of rows that obey is reached; where no row was judged it is. */
  static boolean reached(CheckDef check, Metric metric) {
    BigDecimal needed = check.atLeast().multiply(BigDecimal.valueOf(metric.judged()));
    return BigDecimal.valueOf(metric.matches()).compareTo(needed) >= 0;
  }

  /** The verdict on a rule that held or not. */
  static Verdict.Status status(CheckDef check, boolean passed) {
    if (passed) {
      return Verdict.Status.PASSED;
    }
    return check.severity() == CheckDef.Severity.WARN
        ? Verdict.Status.WARNED
        : Verdict.Status.FAILED;
  }

  /** The verdict on a rule that could not be evaluated. */
  static Verdict broken(CheckDef check, String reason) {
    return new Verdict(
        check, Verdict.Status.BROKEN, 0, 0, "none", "it can't be evaluated: " + reason, List.of());
  }
}
