package io.afp.quality;

import static org.apache.spark.sql.functions.lit;

import com.amazon.deequ.analyzers.Analyzer;
import com.amazon.deequ.analyzers.Compliance;
import com.amazon.deequ.analyzers.NumMatches;
import com.amazon.deequ.analyzers.NumMatchesAndCount;
import com.amazon.deequ.analyzers.ScanShareableAnalyzer;
import com.amazon.deequ.analyzers.Size;
import com.amazon.deequ.analyzers.State;
import com.amazon.deequ.constraints.AnalysisBasedConstraint;
import com.amazon.deequ.constraints.ConstraintResult;
import io.afp.core.definition.CheckDef;
import io.afp.core.definition.TableDef;
import io.afp.core.lake.Measure;
import io.afp.core.ledger.Metric;
import io.afp.core.ledger.Verdict;
import io.afp.core.spi.Judge;
import io.afp.quality.Predicates.Predicate;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import scala.Function1;
import scala.Option;
import scala.collection.immutable.Map$;
import scala.collection.immutable.Nil$;

/**
 * A check as Deequ sees it: an analyzer whose state is measured in the write, and a constraint on
 * the metric that Deequ makes of it.
 *
 * <p>The only class that knows Deequ. Deequ is Scala without a Java API, so it is called by the
 * signatures of its byte code; each rule has a constraint of its own, because that keeps its
 * identity.
 */
@SuppressWarnings({"rawtypes", "unchecked"}) // Scala's generics do not survive the way to Java
final class DeequRule implements MeasuredRule {

  private final CheckDef check;
  private final ScanShareableAnalyzer analyzer;
  private final Optional<Predicate> predicate;

  private DeequRule(CheckDef check, ScanShareableAnalyzer analyzer, Optional<Predicate> predicate) {
    this.check = check;
    this.analyzer = analyzer;
    this.predicate = predicate;
  }

  /** The rule of a check; empty for one that Deequ does not judge. */
  static Optional<DeequRule> of(TableDef table, CheckDef check) {
    if (check.rule() instanceof CheckDef.Rows) {
      Size size = new Size(Option.apply(check.where().orElse(null)));
      return Optional.of(new DeequRule(check, size, Optional.empty()));
    }
    return Predicates.of(table, check)
        .map(p -> new DeequRule(check, compliance(check), Optional.of(p)));
  }

  /** Deequ reads the texts, but what is counted is {@link #measure}. */
  private static Compliance compliance(CheckDef check) {
    return new Compliance(
        check.name(),
        "true",
        Option.empty(),
        (scala.collection.immutable.List) Nil$.MODULE$,
        Option.empty());
  }

  @Override
  public CheckDef check() {
    return check;
  }

  @Override
  public List<Supplier<Column>> predicates() {
    Stream<Supplier<Column>> holds = predicate.map(Predicate::holds).stream();
    return Stream.concat(MeasuredRule.where(check).stream(), holds).toList();
  }

  @Override
  public Measure measure() {
    Column holds =
        predicate.map(p -> p.holds().get()).orElseGet(() -> MeasuredRule.judged(check, lit(true)));
    return Measure.counts(check.name(), holds);
  }

  @Override
  public Verdict judge(Judge.Case written, Metric metric, String origin) {
    boolean passed = accepts(metric);
    boolean shown = !passed && !check.quarantine(); // else they are in the quarantine
    return new Verdict(
        check,
        DeequJudge.status(check, passed),
        metric.judged(),
        metric.judged() - metric.matches(),
        origin,
        check.quarantine()
            ? Messages.ofQuarantine(check, metric, written.table().name())
            : Messages.of(check, metric),
        shown ? new Samples(written).breaking(check) : List.of());
  }

  /** Whether Deequ accepts the metric. Where no row was judged, a rule about rows holds. */
  private boolean accepts(Metric metric) {
    Object deequMetric = analyzer.computeMetricFrom(state(metric));
    Function1<Object, Object> assertion = value -> asserts((Double) value);
    AnalysisBasedConstraint constraint =
        new AnalysisBasedConstraint(analyzer, assertion, Option.empty(), Option.empty());
    scala.collection.immutable.Map measured =
        ((scala.collection.immutable.Map) Map$.MODULE$.empty())
            .$plus(new scala.Tuple2<Analyzer, Object>(analyzer, deequMetric));
    ConstraintResult result = constraint.evaluate(measured);
    return result.status().toString().equals("Success") || isVacuous(metric);
  }

  private boolean isVacuous(Metric metric) {
    return metric.judged() == 0 && !(check.rule() instanceof CheckDef.Rows);
  }

  private Option<State> state(Metric metric) {
    if (check.rule() instanceof CheckDef.Rows) {
      return Option.apply(new NumMatches(metric.matches()));
    }
    return metric.judged() == 0
        ? Option.empty()
        : Option.apply(new NumMatchesAndCount(metric.matches(), metric.judged(), Option.empty()));
  }

  private boolean asserts(double value) {
    if (check.rule() instanceof CheckDef.Rows rows) {
      return value >= rows.min().orElse(0) && value <= rows.max().orElse(Long.MAX_VALUE);
    }
    return BigDecimal.valueOf(value).compareTo(check.atLeast()) >= 0;
  }
}
