package io.afp.quality;

import io.afp.core.lake.LakeSession;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.connector.catalog.CatalogManager;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.ShortType;
import scala.Option;
import scala.collection.JavaConverters;

/**
 * A copy of the session of rows, which is the active one until it is closed. SQL means in it what
 * it means in runs: texts of times are read in UTC, and dates compared with instants. Views that
 * are made in it are seen by nobody else.
 */
final class JudgingSession implements AutoCloseable {

  private final Option<SparkSession> before;
  private final SparkSession given;
  private final SparkSession session;
  private final Dataset<Row> rows;

  private JudgingSession(
      Option<SparkSession> before, SparkSession given, SparkSession session, Dataset<Row> rows) {
    this.before = before;
    this.given = given;
    this.session = session;
    this.rows = rows;
  }

  static JudgingSession like(Dataset<Row> rows) {
    SparkSession given = rows.sparkSession();
    Option<SparkSession> before = SparkSession.getActiveSession();
    SparkSession copy = given.cloneSession();
    LakeSession.semantics().forEach(copy.conf()::set);
    Dataset<Row> judged = withoutSmallNumbers(in(copy, rows));
    SparkSession.setActiveSession(copy);
    return new JudgingSession(before, given, copy, judged);
  }

  /** Its own expressions stay what they were where it was made. */
  private static Dataset<Row> in(SparkSession session, Dataset<Row> rows) {
    return Dataset.ofRows(session, rows.queryExecution().analyzed());
  }

  /** The language has none, and the lake neither. */
  private static Dataset<Row> withoutSmallNumbers(Dataset<Row> rows) {
    List<Attribute> columns =
        JavaConverters.seqAsJavaList(rows.queryExecution().analyzed().output());
    return columns.stream().noneMatch(JudgingSession::isSmall)
        ? rows
        : rows.select(columns.stream().map(JudgingSession::asInt).toArray(Column[]::new));
  }

  private static boolean isSmall(Attribute column) {
    return column.dataType() instanceof ByteType || column.dataType() instanceof ShortType;
  }

  /** Not found by its name, which others may have too. */
  private static Column asInt(Attribute attribute) {
    Column column = new Column(attribute);
    return isSmall(attribute) ? column.cast("int").as(attribute.name()) : column;
  }

  /** The rows as they are judged. */
  Dataset<Row> rows() {
    return rows;
  }

  /** Other rows, as rows of this session. */
  Dataset<Row> rows(Dataset<Row> others) {
    return in(session, others);
  }

  /** A table of the session that the rows are from. */
  Dataset<Row> table(String name) {
    return rows(given.table(name));
  }

  /**
   * What a query gives. Where it names a table without its catalog and namespace, it is that of the
   * session that the rows are from.
   *
   * @param name by which it may read the rows
   * @param named the rows of tables that it names otherwise
   */
  Dataset<Row> query(String sql, String name, NamedRows named) throws ParseException {
    CatalogManager from = given.sessionState().catalogManager();
    CatalogManager to = session.sessionState().catalogManager();
    to.setCurrentCatalog(from.currentCatalog().name());
    if (from.currentNamespace().length > 0) {
      to.setCurrentNamespace(from.currentNamespace());
    }
    rows.createOrReplaceTempView(name);
    return Dataset.ofRows(session, named.in(session.sessionState().sqlParser().parsePlan(sql)));
  }

  /** By which two names are that of one column. */
  Comparator<String> names() {
    boolean exact = session.sessionState().conf().caseSensitiveAnalysis();
    return exact ? Comparator.naturalOrder() : String.CASE_INSENSITIVE_ORDER;
  }

  @Override
  public void close() {
    if (before.isDefined()) {
      SparkSession.setActiveSession(before.get());
    } else {
      SparkSession.clearActiveSession();
    }
  }
}
