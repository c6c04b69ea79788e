package io.afp.quality;

import io.afp.core.definition.CheckDef;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.error.Causes;
import io.afp.core.ledger.Metric;
import io.afp.core.measure.History;
import io.afp.core.measure.State;
import io.afp.core.spi.Judge;
import io.afp.core.spi.Judge.Part;
import java.time.ZonedDateTime;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.parser.ParseException;

/**
 * Rows that are judged as they are: nothing of them was measured when they were written, and
 * nothing is known of others before them.
 */
final class GivenRows implements Judge.Case {

  private final JudgingSession judging;
  private final TableDef table;
  private final ZonedDateTime asOf;
  private final Optional<Function<String, Dataset<Row>>> others;

  private final Map<TableName, Dataset<Row>> asked = new LinkedHashMap<>();
  private final Set<TableName> readable = new HashSet<>();

  /** Why a table that was asked for was not given. */
  private Exception unread;

  GivenRows(
      JudgingSession judging,
      TableDef table,
      ZonedDateTime asOf,
      Optional<Function<String, Dataset<Row>>> others) {
    this.judging = judging;
    this.table = table;
    this.asOf = asOf;
    this.others = others;
    asked.put(table.name(), judging.rows());
  }

  @Override
  public TableDef table() {
    return table;
  }

  @Override
  public Map<String, Metric> metrics() {
    return Map.of();
  }

  @Override
  public Dataset<Row> rows() {
    return judging.rows();
  }

  @Override
  public Dataset<Row> rowsForKey() {
    return rows();
  }

  @Override
  public ZonedDateTime asOf() {
    return asOf;
  }

  @Override
  public History history(CheckDef check) {
    return History.none();
  }

  @Override
  public Optional<State> before(CheckDef check) {
    return Optional.empty();
  }

  @Override
  public List<Part> parts(Metric whole) {
    return List.of();
  }

  @Override
  public Dataset<Row> rowsOf(TableName name) {
    return known(name).orElseGet(() -> asked(name, judging.table(name.toString())));
  }

  /** The rows that are judged, or those that were given for a table; else the session has it. */
  private Optional<Dataset<Row>> known(TableName name) {
    return name.equals(table.name())
        ? Optional.of(rows())
        : others.map(tables -> asked(name, judging.rows(other(tables, name.toString()))));
  }

  private Dataset<Row> asked(TableName name, Dataset<Row> rows) {
    asked.put(name, rows);
    return rows;
  }

  /** A table that is not there breaks the check that names it. */
  private Dataset<Row> other(Function<String, Dataset<Row>> tables, String name) {
    Dataset<Row> rows;
    try {
      rows = tables.apply(name);
    } catch (Exception e) { // some that Spark throws are checked, but Scala does not declare them
      unread = e;
      throw GivenRows.<RuntimeException>again(e);
    }
    if (rows == null) {
      throw new IllegalArgumentException("table %s is not there".formatted(name));
    }
    return rows;
  }

  /**
   * See {@link DeequJudge.Fault}. Where a check fails on rows, it is its fault only if these can be
   * read without it.
   */
  String fault(CheckDef check, Exception failure) {
    String reason = reason(check, failure);
    if (!DeequJudge.isUnsound(failure)) {
      requireReadable();
    }
    return reason;
  }

  /** The same before a row is read. */
  String reason(CheckDef check, Exception failure) {
    boolean ofCheck = failure != unread && Unreadable.isOfData(failure);
    if (!DeequJudge.isUnsound(failure) && !ofCheck) {
      throw GivenRows.<RuntimeException>again(failure);
    }
    return Causes.firstLine(failure);
  }

  /** As it was thrown: some failures of Spark are checked, but Scala does not declare them. */
  @SuppressWarnings("unchecked")
  private static <E extends Exception> E again(Exception failure) throws E {
    throw (E) failure;
  }

  /** Reads all rows that checks have asked for, once. */
  private void requireReadable() {
    for (TableName name : asked.keySet()) {
      if (!readable.contains(name)) {
        asked.get(name).write().format("noop").mode("overwrite").save();
        readable.add(name);
      }
    }
  }

  /** The rows have the name of the table there, with its namespace or without. */
  @Override
  public Dataset<Row> query(String sql) {
    try {
      return judging.query(sql, table.name().name(), new NamedRows(this::known));
    } catch (ParseException e) {
      throw new IllegalArgumentException(Causes.firstLine(e), e);
    }
  }
}
