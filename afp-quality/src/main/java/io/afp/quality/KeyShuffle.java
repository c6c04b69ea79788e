package io.afp.quality;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.afp.core.definition.CheckDef;
import io.afp.core.lake.Measure;
import io.afp.core.lake.Measurement;
import io.afp.core.lake.Measurement.Measured;
import io.afp.core.ledger.Metric;
import io.afp.core.measure.Frequencies;
import io.afp.core.spi.Judge;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Looks for rows that may have the same key, for all keys of a table in one shuffle: of hashes of
 * 64 bits instead of values. Equal values have equal hashes, also 0.0 and -0.0, and all NaN; so a
 * key whose hashes are all different is unique. What {@link KeyScan} then has to compare are the
 * few rows whose hashes are not.
 */
final class KeyShuffle {

  private static final String KEY = "__key";
  private static final String HASH = "__hash";

  private final Judge.Case written;
  private final List<CheckDef> checks;
  private Measured before;
  private Measured behind;
  private boolean failed;

  /**
   * A search that is made when it is first asked for.
   *
   * @param checks of keys that can be evaluated
   */
  KeyShuffle(Judge.Case written, List<CheckDef> checks) {
    this.written = written;
    this.checks = List.copyOf(checks);
  }

  /**
   * What was found of a key.
   *
   * @param judged the rows that are judged
   * @param complete those of them whose key has no null
   * @param suspects hashes that occur more than once; empty when they are too many to be told
   */
  record Found(long judged, long complete, Optional<List<Long>> suspects) {

    boolean isUnique() {
      return suspects.filter(List::isEmpty).isPresent();
    }
  }

  /** The hash of the key of a row; null where a part of it is null. */
  static Column hash(CheckDef.Key key) {
    return when(isComplete(key), xxhash64(columns(key)));
  }

  static Column isComplete(CheckDef.Key key) {
    return key.columns().stream()
        .map(column -> col(column).isNotNull())
        .reduce(lit(true), Column::and);
  }

  private static Column[] columns(CheckDef.Key key) {
    return key.columns().stream().map(column -> col(column)).toArray(Column[]::new);
  }

  private static CheckDef.Key key(CheckDef check) {
    return (CheckDef.Key) check.rule();
  }

  /** What was found of a key; it is searched for by itself where all together can't be. */
  Found found(CheckDef check) {
    return isSearchable()
        ? found(check.name())
        : new KeyShuffle(written, List.of(check)).found(check);
  }

  private boolean isSearchable() {
    try {
      if (!failed) {
        search();
      }
    } catch (Exception e) {
      if (checks.size() == 1) {
        throw e;
      }
      failed = true; // the key that fails does so again, by itself
    }
    return !failed;
  }

  private Found found(String check) {
    Metric rows = before.of(check).findFirst().orElseThrow();
    Optional<List<Long>> suspects =
        behind
            .of(check)
            .map(metric -> (Frequencies) metric.state())
            .filter(frequencies -> !frequencies.tooMany())
            .map(f -> f.counts().keySet().stream().map(Long::valueOf).toList())
            .findFirst();
    return new Found(rows.judged(), rows.matches(), suspects);
  }

  private void search() {
    if (behind == null) {
      Measurement ofRows = new Measurement(checks.stream().map(KeyShuffle::complete).toList());
      Dataset<Row> hashes = hashes(ofRows.on(written.rowsForKey()));
      behind = Measurement.scan(Grouping.together(hashes, HASH), duplicates());
      before = ofRows.result();
    }
  }

  private static Measure complete(CheckDef check) {
    return Measure.counts(check.name(), MeasuredRule.judged(check, isComplete(key(check))));
  }

  /** One row for each row and key, with the number of the key and the hash. */
  private Dataset<Row> hashes(Dataset<Row> rows) {
    List<Column> hashes = new ArrayList<>();
    for (CheckDef check : checks) {
      Column judged = MeasuredRule.judged(check, hash(key(check)));
      hashes.add(struct(lit(hashes.size()).as(KEY), judged.as(HASH)));
    }
    Dataset<Row> all =
        hashes.size() == 1
            ? rows.select(
                hashes.get(0).getField(KEY).as(KEY), hashes.get(0).getField(HASH).as(HASH))
            : rows.select(inline(array(hashes.toArray(Column[]::new))));
    return all.filter(col(HASH).isNotNull());
  }

  private List<Measure> duplicates() {
    return IntStream.range(0, checks.size())
        .mapToObj(i -> Duplicates.of(checks.get(i).name(), when(col(KEY).equalTo(i), col(HASH))))
        .toList();
  }
}
