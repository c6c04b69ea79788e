package io.afp.quality;

import io.afp.core.definition.CheckDef;
import io.afp.core.definition.FittedChecks;
import io.afp.core.definition.TableChecks;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import io.afp.core.ledger.Verdict;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/**
 * Judges rows that no pipeline wrote: an Iceberg table of any catalog, files, a table of a
 * database, or whatever else Spark can read.
 *
 * <pre>{@code
 * TableChecks checks = TableChecks.named("shop.orders")
 *     .column("id", c -> c.required())
 *     .column("amount", c -> c.check(between("0", "1000").atLeast("99.9%")))
 *     .key("id")
 *     .build();
 * QualityResult result = QualityCheck.of(checks).judge(spark.read().parquet("orders"));
 * }</pre>
 *
 * <p>It needs no project, no ledger and no catalog of AFP, and writes nothing. All rules about
 * rows, values and numbers are measured by one pass over the rows, all keys by one shuffle; {@link
 * #plan} says how often rows are read. Rows that break a check are looked for when there are any:
 * at most ten, in which values of columns with {@code pii} are masked.
 *
 * <p>A check that the data can't be asked is {@link Verdict.Status#BROKEN}, which {@link
 * QualityResult#passed} counts as not passed, and disturbs no other: that of a column that is not
 * there or has the wrong type, and {@code anomaly}, which needs a history.
 *
 * <p>Immutable, and as safe for threads as the session of the rows is. The session is not changed:
 * the rows are judged in a copy of it, in which SQL means what it means in runs of pipelines: its
 * time zone is UTC, and it is not ANSI.
 */
public final class QualityCheck {

  private final TableChecks checks;
  private final Optional<ZonedDateTime> asOf;
  private final Optional<Function<String, Dataset<Row>>> others;

  private QualityCheck(
      TableChecks checks,
      Optional<ZonedDateTime> asOf,
      Optional<Function<String, Dataset<Row>>> others) {
    this.checks = checks;
    this.asOf = asOf;
    this.others = others;
  }

  /** Judges by declared checks. */
  public static QualityCheck of(TableChecks checks) {
    return new QualityCheck(checks, Optional.empty(), Optional.empty());
  }

  /** Judges by the checks that a pipeline has of a table; see {@link TableChecks#of}. */
  public static QualityCheck of(TableDef table) {
    return of(TableChecks.of(table));
  }

  /**
   * Judges by a checks file.
   *
   * @throws AfpException with all that is wrong with it
   */
  public static QualityCheck of(Path file) {
    return of(TableChecks.read(file));
  }

  /**
   * What the age of data is measured against, on the clock of its zone; without this it is now, in
   * UTC.
   */
  public QualityCheck asOf(ZonedDateTime moment) {
    return new QualityCheck(checks, Optional.of(moment), others);
  }

  /**
   * Where the tables come from that checks refer to, by {@code namespace.name}; without this they
   * are tables of the session.
   *
   * @param tables fails for one that is not there as Spark does, by an AnalysisException, or by an
   *     IllegalArgumentException, or gives null: then the check is broken. Any other failure goes
   *     on as it was thrown
   */
  public QualityCheck others(Function<String, Dataset<Row>> tables) {
    return new QualityCheck(checks, asOf, Optional.of(tables));
  }

  /** What the table is called. */
  public TableName name() {
    return checks.name();
  }

  /**
   * How the checks are answered, how often rows are read for that, and which checks can't be. No
   * row is read for this. A failure to read what the rows are goes on as it was thrown.
   */
  public QualityPlan plan(Dataset<Row> rows) {
    try (JudgingSession session = JudgingSession.like(rows)) {
      FittedChecks fitted = fitted(session);
      GivenRows given = given(session, fitted);
      DeequJudge.Planned planned = new DeequJudge(given::reason).plan(given);
      return new QualityPlan(checks.name(), planned.answers(), broken(fitted, planned.problems()));
    }
  }

  /**
   * The verdicts, one of each check, in the order of declaration. A failure to read the rows, or
   * others that checks refer to, is no verdict: it goes on as it was thrown.
   */
  public QualityResult judge(Dataset<Row> rows) {
    try (JudgingSession session = JudgingSession.like(rows)) {
      FittedChecks fitted = fitted(session);
      GivenRows given = given(session, fitted);
      return new QualityResult(
          checks.name(), verdicts(fitted, new DeequJudge(given::fault).judge(given)));
    }
  }

  private FittedChecks fitted(JudgingSession session) {
    Map<String, String> types = new LinkedHashMap<>();
    for (StructField field : session.rows().schema().fields()) {
      types.put(field.name(), field.dataType().simpleString());
    }
    return checks.over(types, session.names());
  }

  private GivenRows given(JudgingSession session, FittedChecks fitted) {
    return new GivenRows(
        session, fitted.table(), asOf.orElseGet(() -> ZonedDateTime.now(ZoneOffset.UTC)), others);
  }

  private Map<String, String> broken(FittedChecks fitted, Map<String, String> problems) {
    Map<String, String> broken = new LinkedHashMap<>();
    for (CheckDef check : checks.all()) {
      Optional.ofNullable(fitted.misfits().get(check.name()))
          .or(() -> Optional.ofNullable(problems.get(check.name())))
          .ifPresent(reason -> broken.put(check.name(), reason));
    }
    return broken;
  }

  private List<Verdict> verdicts(FittedChecks fitted, List<Verdict> judged) {
    Map<String, Verdict> byName =
        judged.stream().collect(Collectors.toMap(v -> v.check().name(), v -> v));
    return checks.all().stream().map(check -> verdict(check, fitted, byName)).toList();
  }

  private static Verdict verdict(CheckDef check, FittedChecks fitted, Map<String, Verdict> judged) {
    String misfit = fitted.misfits().get(check.name());
    return misfit == null ? judged.get(check.name()) : DeequJudge.broken(check, misfit);
  }
}
