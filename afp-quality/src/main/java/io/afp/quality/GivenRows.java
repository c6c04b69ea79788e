package io.afp.quality;

import io.afp.core.definition.CheckDef;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import io.afp.core.error.Causes;
import io.afp.core.ledger.Metric;
import io.afp.core.measure.History;
import io.afp.core.measure.State;
import io.afp.core.spi.Judge;
import io.afp.core.spi.Judge.Part;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  GivenRows(
      JudgingSession judging,
      TableDef table,
      ZonedDateTime asOf,
      Optional<Function<String, Dataset<Row>>> others) {
    this.judging = judging;
    this.table = table;
    this.asOf = asOf;
    this.others = others;
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
    return known(name).orElseGet(() -> judging.table(name.toString()));
  }

  /** The rows that are judged, or those that were given for a table; else the session has it. */
  private Optional<Dataset<Row>> known(TableName name) {
    return name.equals(table.name())
        ? Optional.of(rows())
        : others.map(tables -> judging.rows(other(tables, name.toString())));
  }

  /** What can't be read breaks the check that asks for it. */
  private static Dataset<Row> other(Function<String, Dataset<Row>> tables, String name) {
    try {
      return tables.apply(name);
    } catch (Exception e) { // some that Spark throws are checked, but Scala does not declare them
      String why = e instanceof AfpException known ? known.reason() : Causes.firstLine(e);
      throw new IllegalArgumentException("table %s can't be read: %s".formatted(name, why), e);
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
