package io.afp.quality;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.afp.core.definition.CheckDef;
import io.afp.core.ledger.Metric;
import io.afp.core.ledger.Sample;
import io.afp.core.ledger.Verdict;
import io.afp.core.spi.Judge;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;

/**
 * Judges by one join of the distinct values how many rows refer to a value that the other table
 * has.
 */
final class ReferenceScan {

  private static final String VALUE = "__value";
  private static final String ROWS = "__rows";
  private static final String FOUND = "__found";

  private final Judge.Case written;
  private final CheckDef check;
  private final CheckDef.References rule;

  ReferenceScan(Judge.Case written, CheckDef check) {
    this.written = written;
    this.check = check;
    this.rule = (CheckDef.References) check.rule();
  }

  Verdict judge() {
    Dataset<Row> others = others();
    return problem(others)
        .map(reason -> DeequJudge.broken(check, reason))
        .orElseGet(() -> judge(matched(others)));
  }

  /** Why it can't be asked. */
  Optional<String> problem() {
    return problem(others());
  }

  private Optional<String> problem(Dataset<Row> others) {
    return comparable(others.schema().fields()[0].dataType())
        ? Optional.empty()
        : Optional.of("the two columns have types that can't be compared");
  }

  private Column value() {
    return Predicates.column(check.column().orElseThrow());
  }

  /** Spark would compare a text with anything, by casting it to null. */
  private boolean comparable(DataType other) {
    DataType own = written.rows().select(value()).schema().fields()[0].dataType();
    boolean numbers = own instanceof NumericType && other instanceof NumericType;
    return numbers || own.sameType(other);
  }

  private Verdict judge(Dataset<Row> matched) {
    Row counts =
        matched.agg(sum(col(ROWS)), sum(when(col(FOUND), col(ROWS)).otherwise(lit(0L)))).head();
    long judged = counts.isNullAt(0) ? 0 : counts.getLong(0);
    long matches = counts.isNullAt(1) ? 0 : counts.getLong(1);
    Metric metric = new Metric(check.name(), matches, judged);
    return DeequJudge.ofScan(check, metric, () -> samples(matched));
  }

  private Dataset<Row> others() {
    Column other = Predicates.column(rule.column()).as("__other");
    Dataset<Row> rows = written.rowsOf(rule.table());
    return Grouping.of(rows, other).agg(count(lit(1))).select(col("__other"));
  }

  private Dataset<Row> matched(Dataset<Row> others) {
    Dataset<Row> judged = MeasuredRule.judged(check, written.rows()).filter(value().isNotNull());
    Dataset<Row> values = Grouping.of(judged, value().as(VALUE)).agg(count(lit(1)).as(ROWS));
    return values
        .join(others, col(VALUE).equalTo(col("__other")), "left")
        .select(col(VALUE), col(ROWS), col("__other").isNotNull().as(FOUND));
  }

  private List<Sample> samples(Dataset<Row> matched) {
    String column = check.column().orElseThrow();
    Dataset<Row> missing =
        matched.filter(col(FOUND).equalTo(false)).select(col(VALUE).as(column), col(ROWS));
    return new Samples(written).ofGroups(missing, List.of(column), ROWS);
  }
}
