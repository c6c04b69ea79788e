package io.afp.quality;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;

import io.afp.core.definition.CheckDef;
import io.afp.core.ledger.Metric;
import io.afp.core.ledger.Sample;
import io.afp.core.ledger.Verdict;
import io.afp.core.spi.Judge;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Judges a key. A row breaks it when another has the same key, or when a part of its key is null.
 * Values are only compared where hashes do not say already that there are no two that are equal.
 */
final class KeyScan {

  private static final String ROWS = "__rows";

  private final Judge.Case written;
  private final CheckDef check;
  private final CheckDef.Key key;
  private final KeyShuffle.Found found;

  KeyScan(Judge.Case written, CheckDef check, KeyShuffle.Found found) {
    this.written = written;
    this.check = check;
    this.key = (CheckDef.Key) check.rule();
    this.found = found;
  }

  Verdict judge() {
    long unique = found.complete() - (found.isUnique() ? 0 : repeated());
    Metric metric = new Metric(check.name(), unique, found.judged());
    return DeequJudge.ofScan(check, metric, this::samples);
  }

  /** How many rows have a key that another has too. */
  private long repeated() {
    Row sum = groups(suspected()).filter(col(ROWS).gt(1)).agg(sum(col(ROWS))).head();
    return sum.isNullAt(0) ? 0 : sum.getLong(0);
  }

  private List<Sample> samples() {
    Column incomplete = not(KeyShuffle.isComplete(key));
    Dataset<Row> broken = groups(incomplete.or(suspected())).filter(col(ROWS).gt(1).or(incomplete));
    return new Samples(written).ofGroups(broken, key.columns(), ROWS);
  }

  /** Whether the hash of a row occurs more than once; of all rows where that is not known. */
  private Column suspected() {
    return found.suspects().map(this::isOneOf).orElse(KeyShuffle.isComplete(key));
  }

  /** False or null where it is not; to ask for one of none would be more than Spark can push. */
  private Column isOneOf(List<Long> hashes) {
    return hashes.isEmpty() ? lit(false) : KeyShuffle.hash(key).isin(hashes.toArray());
  }

  private Dataset<Row> groups(Column candidates) {
    Column[] columns = key.columns().stream().map(name -> col(name)).toArray(Column[]::new);
    Dataset<Row> rows = written.rowsForKey();
    return Grouping.of(MeasuredRule.judged(check, rows).filter(candidates), columns)
        .agg(count(lit(1)).as(ROWS));
  }
}
