package io.afp.quality;

import io.afp.core.definition.CheckDef;
import io.afp.core.ledger.Metric;
import io.afp.core.ledger.Verdict;
import io.afp.core.spi.Judge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/**
 * Judges the checks of a table: on what was measured in the write where it can be, else by a scan
 * of what was written.
 */
public final class DeequJudge implements Judge {

  @Override
  public List<Verdict> judge(Case written) {
    Map<String, Metric> metrics = written.metrics();
    List<Verdict> verdicts = new ArrayList<>();
    for (CheckDef check : written.table().allChecks()) {
      verdicts.add(judge(written, check, metrics));
    }
    return verdicts;
  }

  private static Verdict judge(Case written, CheckDef check, Map<String, Metric> metrics) {
    if (check.rule() instanceof CheckDef.Key key) {
      return new KeyScan(written, check, key).judge();
    }
    if (check.rule() instanceof CheckDef.References references) {
      return new ReferenceScan(written, check, references).judge();
    }
    DeequRule rule = DeequRule.of(written.table(), check).orElseThrow();
    Metric metric = metrics.get(check.name());
    if (metric != null && !check.name().equals(ObservedChecks.ROWS)) {
      return judge(written, rule, metric, "write");
    }
    return rule.problem(written.rows().schema())
        .map(reason -> broken(check, reason))
        .orElseGet(() -> judge(written, rule, scan(written, rule), "scan"));
  }

  private static Metric scan(Case written, DeequRule rule) {
    Column[] columns = rule.columns().toArray(Column[]::new);
    Column[] rest = Arrays.copyOfRange(columns, 1, columns.length);
    Row row = written.rows().agg(columns[0], rest).head();
    return rule.read(row, 0);
  }

  private static Verdict judge(Case written, DeequRule rule, Metric metric, String origin) {
    CheckDef check = rule.check();
    boolean passed = rule.accepts(metric);
    long failed = metric.judged() - metric.matches();
    List<String> samples = failed == 0 ? List.of() : new Samples(written).breaking(check);
    return new Verdict(
        check,
        status(check, passed),
        metric.judged(),
        failed,
        origin,
        Messages.of(check, metric),
        samples);
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
