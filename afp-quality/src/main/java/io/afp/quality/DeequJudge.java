package io.afp.quality;

import io.afp.core.definition.CheckDef;
import io.afp.core.definition.MetricRule;
import io.afp.core.definition.OrderRule;
import io.afp.core.definition.TableRule;
import io.afp.core.error.AfpException;
import io.afp.core.error.Causes;
import io.afp.core.error.ErrorCode;
import io.afp.core.lake.LakeErrors;
import io.afp.core.ledger.Metric;
import io.afp.core.ledger.Sample;
import io.afp.core.ledger.Verdict;
import io.afp.core.measure.CheckPlan;
import io.afp.core.measure.CheckPlan.Way;
import io.afp.core.spi.Judge;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.StructType;

/**
 * Judges the checks of a table, each group of its {@link CheckPlan} together: on what was measured
 * in the write where it can be, else by a scan of what was written.
 */
public final class DeequJudge implements Judge {

  private final Fault fault;

  /** For rows that a run wrote to the lake. */
  public DeequJudge() {
    this(DeequJudge::inTheLake);
  }

  DeequJudge(Fault fault) {
    this.fault = fault;
  }

  /** Whose fault a failure is: of a check, or of what holds the rows. */
  @FunctionalInterface
  interface Fault {

    /**
     * Why a check can't be evaluated; a failure that is none of a check goes on.
     *
     * @param failure what was thrown while the check was asked
     */
    String of(CheckDef check, Exception failure);
  }

  @Override
  public List<Verdict> judge(Case written) {
    return new Judging(written, fault).verdicts();
  }

  /**
   * What is known before a row is read.
   *
   * @param answers how the verdicts are come by
   * @param problems why checks can't be evaluated, by name
   */
  record Planned(CheckPlan answers, Map<String, String> problems) {}

  /** How rows would be judged; no row is read for it. */
  Planned plan(Case written) {
    Judging judging = new Judging(written, fault);
    return new Planned(judging.plan, judging.problems());
  }

  /** The verdicts on one table. */
  private static final class Judging {
    private final Case written;
    private final Fault fault;
    private final Measures measures;
    private final CheckPlan plan;
    private final KeyShuffle keys;

    Judging(Case written, Fault fault) {
      this.written = written;
      this.fault = fault;
      this.measures = new Measures(written);
      this.plan =
          CheckPlan.of(
              written.table(),
              check -> measures.ofWrite(check).isPresent(),
              check -> measures.ofMetadata(check).isPresent());
      List<CheckDef> sound =
          plan.checks(Way.SHUFFLE).stream().filter(key -> problem(key).isEmpty()).toList();
      this.keys = new KeyShuffle(written, sound);
    }

    List<Verdict> verdicts() {
      return written.table().allChecks().stream().map(check -> skipped(judge(check))).toList();
    }

    Map<String, String> problems() {
      Set<String> sound = scannable();
      Map<String, String> problems = new LinkedHashMap<>();
      for (CheckDef check : written.table().allChecks()) {
        if (!sound.contains(check.name())) {
          beforeRows(check).ifPresent(problem -> problems.put(check.name(), problem));
        }
      }
      return problems;
    }

    /** All rules are asked for at once, which is much faster than one by one. */
    private Set<String> scannable() {
      StructType schema = written.rows().schema();
      return MeasuredRules.of(written.table(), schema, c -> plan.way(c) == Way.SCAN)
          .rules()
          .stream()
          .map(rule -> rule.check().name())
          .collect(Collectors.toSet());
    }

    private Optional<String> beforeRows(CheckDef check) {
      return switch (plan.way(check)) {
        case METADATA, WRITE -> Optional.empty();
        case SCAN -> rule(check).problem(written.rows().schema());
        case SHUFFLE -> problem(check);
        case JOIN ->
            problem(check).or(() -> problem(check, new ReferenceScan(written, check)::problem));
        case QUERY ->
            problem(check).or(() -> problem(check, new QueryScan(written, check)::problem));
      };
    }

    private Optional<String> problem(CheckDef check, Supplier<Optional<String>> asked) {
      try {
        return asked.get();
      } catch (Exception e) { // some that Spark throws are checked, but Scala hides that
        return Optional.of(fault.of(check, e));
      }
    }

    /** A rule about rows or their values says nothing where there are none. */
    private static Verdict skipped(Verdict verdict) {
      CheckDef.Rule rule = verdict.check().rule();
      boolean needsRows = rule.isAboutRows() || rule instanceof MetricRule;
      boolean skipped =
          needsRows && verdict.rowsJudged() == 0 && verdict.status() == Verdict.Status.PASSED;
      return skipped ? verdict.as(Verdict.Status.SKIPPED) : verdict;
    }

    private Verdict judge(CheckDef check) {
      return switch (plan.way(check)) {
        case METADATA -> known(check);
        case WRITE -> judge(check, measures.ofWrite(check).orElseThrow(), "write");
        case SCAN -> scanned(check);
        case SHUFFLE ->
            unlessBroken(check, () -> new KeyScan(written, check, keys.found(check)).judge());
        case JOIN -> unlessBroken(check, new ReferenceScan(written, check)::judge);
        case QUERY ->
            check.rule() instanceof OrderRule rule
                ? unlessBroken(check, new OrderScan(written, check, rule)::judge)
                : byQuery(check);
      };
    }

    private Verdict byQuery(CheckDef check) {
      return unlessBroken(
          check, () -> orWarning(check, asked -> new QueryScan(written, asked).judge()));
    }

    private Verdict unlessBroken(CheckDef check, Supplier<Verdict> judge) {
      return broken(check, problem(check)).orElseGet(() -> orBroken(check, judge));
    }

    private Verdict orBroken(CheckDef check, Supplier<Verdict> judge) {
      try {
        return judge.get();
      } catch (Exception e) { // some that Spark throws are checked, but Scala hides that
        return DeequJudge.broken(check, fault.of(check, e));
      }
    }

    private Verdict known(CheckDef check) {
      if (check.rule() instanceof TableRule rule) {
        List<String> columns = List.of(written.rows().schema().fieldNames());
        return orWarning(check, asked -> new ColumnsRule(asked, columns).judge());
      }
      return judge(inTheTable(check), measures.ofMetadata(check).orElseThrow(), "metadata");
    }

    private Verdict judge(CheckDef check, Metric metric, String origin) {
      return rule(check)
          .query(written, metric)
          .map(query -> unlessBroken(check, () -> byThresholds(check, query.get(), "scan")))
          .orElseGet(() -> byThresholds(check, metric, origin));
    }

    private Verdict byThresholds(CheckDef check, Metric metric, String origin) {
      return orWarning(check, asked -> rule(asked).judge(written, metric, origin));
    }

    /** The verdict by the second threshold counts where the first one holds and that does not. */
    private static Verdict orWarning(CheckDef check, Function<CheckDef, Verdict> judge) {
      Verdict verdict = judge.apply(check);
      return check
          .asWarning()
          .filter(asked -> verdict.status() == Verdict.Status.PASSED)
          .map(judge)
          .filter(second -> second.status() != Verdict.Status.PASSED)
          .orElse(verdict);
    }

    private MeasuredRule rule(CheckDef check) {
      return MeasuredRule.of(written.table(), check).orElseThrow();
    }

    private Verdict scanned(CheckDef check) {
      MeasuredRule rule = rule(check);
      Optional<String> problem = rule.problem(written.rows().schema());
      return broken(check, problem.or(() -> measures.failure(check)))
          .orElseGet(() -> judge(inTheTable(check), measures.ofScan(check), "scan"));
    }

    /** What is scanned are rows of the table, and none that is kept out may be among them. */
    private static CheckDef inTheTable(CheckDef check) {
      return check.quarantine() ? check.withoutQuarantine() : check;
    }

    /** What is wrong with the condition of a rule about more than single rows. */
    private Optional<String> problem(CheckDef check) {
      StructType schema = written.rows().schema();
      List<Supplier<Column>> where = MeasuredRule.where(check);
      return where.isEmpty() ? Optional.empty() : Resolution.problem(where, List::of, schema);
    }

    private static Optional<Verdict> broken(CheckDef check, Optional<String> problem) {
      return problem.map(reason -> DeequJudge.broken(check, reason));
    }
  }

  /** A failure of the store or the catalog is none of the check. */
  private static String inTheLake(CheckDef check, Exception e) {
    AfpException failure = LakeErrors.translate("judge check " + check.name(), e);
    if (isUnsound(e) || failure.code() == ErrorCode.MODEL_FAILED) {
      return Causes.firstLine(e);
    }
    throw failure;
  }

  /**
   * Whether what was thrown says that something can't be asked, before a row was read. Spark says
   * the same of a catalog that does not answer.
   */
  static boolean isUnsound(Exception failure) {
    boolean unsound =
        failure instanceof AnalysisException || failure instanceof IllegalArgumentException;
    return unsound && !Unreadable.isOutside(failure);
  }

  /** Whether the share of rows that obey is reached; where no row was judged it is. */
  static boolean reached(CheckDef check, Metric metric) {
    BigDecimal needed = check.atLeast().multiply(BigDecimal.valueOf(metric.judged()));
    return BigDecimal.valueOf(metric.matches()).compareTo(needed) >= 0;
  }

  /**
   * The verdict on how many rows obey, as a scan has counted them, by the threshold that decides.
   *
   * @param samples asked for where it does not pass
   */
  static Verdict ofScan(CheckDef check, Metric metric, Supplier<List<Sample>> samples) {
    CheckDef asked = deciding(check, metric);
    boolean passed = reached(asked, metric);
    return new Verdict(
        asked,
        status(asked, passed),
        metric.judged(),
        metric.judged() - metric.matches(),
        "scan",
        Messages.of(asked, metric),
        passed ? List.of() : samples.get());
  }

  /** The check with the threshold that decides: the second one where the first is reached. */
  static CheckDef deciding(CheckDef check, Metric metric) {
    return check
        .asWarning()
        .filter(asked -> reached(check, metric) && !reached(asked, metric))
        .orElse(check);
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
    return new Verdict(check, Verdict.Status.BROKEN, 0, 0, "none", brokenBy(reason), List.of());
  }

  static String brokenBy(String reason) {
    return "it can't be evaluated: " + reason;
  }
}
