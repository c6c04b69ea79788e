package io.afp.quality;

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
import io.afp.core.ledger.Metric;
import io.afp.quality.Predicates.Predicate;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import scala.Function1;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.immutable.Map$;
import scala.collection.immutable.Nil$;

/**
 * A check as Deequ sees it: an analyzer whose aggregates can ride on a write, and a constraint on
 * the metric.
 *
 * <p>The only class that knows Deequ. Deequ is Scala without a Java API, so it is called by the
 * signatures of its byte code; each rule has a constraint of its own, because that keeps its
 * identity.
 */
@SuppressWarnings({"rawtypes", "unchecked"}) // Scala's generics do not survive the way to Java
final class DeequRule {

  private final CheckDef check;
  private final ScanShareableAnalyzer analyzer;
  private final Optional<Predicate> predicate;
  private final Optional<String> wrongLiteral;

  private DeequRule(
      TableDef table,
      CheckDef check,
      ScanShareableAnalyzer analyzer,
      Optional<Predicate> predicate) {
    this.check = check;
    this.analyzer = analyzer;
    this.predicate = predicate;
    this.wrongLiteral = Predicates.problem(table, check);
  }

  /** The rule of a check; empty for one that has to be scanned for. */
  static Optional<DeequRule> of(TableDef table, CheckDef check) {
    if (check.rule() instanceof CheckDef.Rows) {
      return Optional.of(new DeequRule(table, check, new Size(Option.empty()), Optional.empty()));
    }
    return Predicates.of(table, check)
        .map(
            p ->
                new DeequRule(
                    table, check, compliance(check.name(), p.holds(), p.judged()), Optional.of(p)));
  }

  private static Compliance compliance(String name, String holds, String judged) {
    return new Compliance(
        name,
        holds,
        Option.apply(judged),
        (scala.collection.immutable.List) Nil$.MODULE$,
        Option.empty());
  }

  CheckDef check() {
    return check;
  }

  /** Why it can't be evaluated over these columns; empty when it can. */
  Optional<String> problem(StructType schema) {
    return wrongLiteral.isPresent()
        ? wrongLiteral
        : Resolution.problem(predicate.map(Predicate::holds), this::columns, schema);
  }

  /** The aggregates that measure it; fails if a predicate can't be parsed. */
  List<Column> columns() {
    return JavaConverters.seqAsJavaList(analyzer.aggregationFunctions());
  }

  /** The metric, from the values of {@link #columns()} that start at {@code offset}. */
  Metric read(Row row, int offset) {
    Option<State> state = analyzer.fromAggregationResult(row, offset);
    if (state.isEmpty()) {
      return new Metric(check.name(), 0, 0);
    }
    if (state.get() instanceof NumMatchesAndCount counts) {
      return new Metric(check.name(), counts.numMatches(), counts.count());
    }
    long rows = ((NumMatches) state.get()).numMatches();
    return new Metric(check.name(), rows, rows);
  }

  /** Whether Deequ accepts the metric. Where no row was judged, a rule about rows holds. */
  boolean accepts(Metric metric) {
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
