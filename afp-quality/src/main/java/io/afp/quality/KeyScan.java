package io.afp.quality;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.afp.core.definition.CheckDef;
import io.afp.core.ledger.Metric;
import io.afp.core.ledger.Verdict;
import io.afp.core.spi.Judge;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Judges a key by one grouped scan. A row breaks it when another has the same key, or when a part
 * of its key is null.
 */
final class KeyScan {

  private static final String ROWS = "__rows";

  private final Judge.Case written;
  private final CheckDef check;
  private final List<String> key;

  KeyScan(Judge.Case written, CheckDef check, CheckDef.Key rule) {
    this.written = written;
    this.check = check;
    this.key = rule.columns();
  }

  Verdict judge() {
    Dataset<Row> groups = groups();
    Row counts =
        groups.agg(sum(col(ROWS)), sum(when(broken(), col(ROWS)).otherwise(lit(0L)))).head();
    long judged = counts.isNullAt(0) ? 0 : counts.getLong(0);
    long failed = counts.isNullAt(1) ? 0 : counts.getLong(1);
    Metric metric = new Metric(check.name(), judged - failed, judged);
    boolean passed = DeequJudge.reached(check, metric);
    return new Verdict(
        check,
        DeequJudge.status(check, passed),
        judged,
        failed,
        "scan",
        Messages.of(check, metric),
        passed ? List.of() : new Samples(written).ofGroups(groups.filter(broken()), key, ROWS));
  }

  private Dataset<Row> groups() {
    Column[] columns = key.stream().map(name -> col(name)).toArray(Column[]::new);
    Dataset<Row> rows = written.rowsForKey();
    return Grouping.of(check.where().map(rows::filter).orElse(rows), columns)
        .agg(count(lit(1)).as(ROWS));
  }

  private Column broken() {
    Column broken = col(ROWS).gt(1);
    for (String column : key) {
      broken = broken.or(col(column).isNull());
    }
    return broken;
  }
}
