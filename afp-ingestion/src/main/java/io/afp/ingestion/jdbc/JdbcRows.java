package io.afp.ingestion.jdbc;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.afp.core.definition.TableDef;
import io.afp.core.lake.RawRows;
import io.afp.core.spi.RawSource;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The rows of a source, read by several connections side by side, all of them in the state of the
 * session that has to stay open meanwhile. Only declared columns are read.
 *
 * @param columns by the names of fields that columns of the table are read from
 * @param marks fields that are false in each row, because the source does not have them
 * @param condition which rows are read; empty for all
 */
record JdbcRows(
    SourceSession session,
    Map<String, SourceColumn> columns,
    List<String> marks,
    Optional<String> condition)
    implements RawSource {

  /** The column by which the rows are divided. */
  private static final String SPLIT = "__split";

  /** The rows with all columns of a table. */
  static JdbcRows of(SourceSession session, TableDef table, Optional<String> condition) {
    SourceColumns columns = session.columns();
    return new JdbcRows(session, columns.read(table), columns.marks(table), condition);
  }

  /** The keys of all rows. */
  static JdbcRows keys(SourceSession session) {
    Map<String, SourceColumn> key = session.columns().read(session.table().onlyKey());
    return new JdbcRows(session, key, List.of(), Optional.empty());
  }

  @Override
  public RawRows read(SparkSession spark) {
    Dataset<Row> rows = load(spark);
    List<Column> selected = new ArrayList<>();
    List<String> fields = List.copyOf(columns.keySet());
    for (int i = 0; i < fields.size(); i++) {
      selected.add(col(alias(i)).as(fields.get(i)));
    }
    marks.forEach(name -> selected.add(lit(false).as(name)));
    selected.add(lit(null).cast("string").as(RawRows.MALFORMED));
    selected.add(lit(session.source().title()).as(RawRows.FILE));
    selected.add(lit(names()).as(RawRows.FIELDS));
    return new RawRows(rows.select(selected.toArray(Column[]::new)), Optional.empty());
  }

  /** The fields of the source, also those that are not read. */
  private String[] names() {
    return Stream.concat(session.columns().names().stream(), marks.stream())
        .distinct()
        .toArray(String[]::new);
  }

  private Dataset<Row> load(SparkSession spark) {
    Optional<SourceColumn> by = new KeyRanges(session, condition).by();
    String table = "(%s) afp_rows".formatted(select(by));
    String uri = session.connector().settings().uri();
    QuotingDialect.teach(uri, session.dialect().identifiers());
    return spark.read().jdbc(uri, table, ranges(by), options());
  }

  private String select(Optional<SourceColumn> by) {
    Dialect dialect = session.dialect();
    List<String> expressions = new ArrayList<>();
    for (SourceColumn column : columns.values()) {
      String name = dialect.quoted(alias(expressions.size()));
      expressions.add(dialect.read(column) + " AS " + name);
    }
    by.ifPresent(c -> expressions.add(dialect.quoted(c) + " AS " + dialect.quoted(SPLIT)));
    String where = condition.map(c -> " WHERE " + c).orElse("");
    return "SELECT %s FROM %s%s".formatted(String.join(", ", expressions), session.from(), where);
  }

  /** Spark does not quote whatever a source may call a column. */
  private static String alias(int place) {
    return "afp_" + place;
  }

  private String[] ranges(Optional<SourceColumn> by) {
    if (by.isEmpty()) {
      return new String[] {"1 = 1"};
    }
    try {
      String name = session.dialect().quoted(SPLIT);
      return new KeyRanges(session, condition).conditions(by.get(), name).toArray(String[]::new);
    } catch (SQLException e) {
      throw session
          .connector()
          .failure("divide source %s for its readers".formatted(session.table().name()), e);
    }
  }

  private Properties options() {
    Properties options = session.connector().properties();
    options.setProperty("driver", session.connector().driver());
    options.setProperty("fetchsize", String.valueOf(session.source().fetchSize()));
    options.setProperty("preferTimestampNTZ", "true");
    options.setProperty("pushDownPredicate", "false");
    session
        .dialect()
        .first(session.snapshot())
        .ifPresent(first -> options.setProperty("sessionInitStatement", first));
    return options;
  }
}
