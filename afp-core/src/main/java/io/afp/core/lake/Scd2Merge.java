package io.afp.core.lake;

import static io.afp.core.lake.MergeInput.columns;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.afp.core.definition.HistoryColumns;
import io.afp.core.definition.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * {@code scd2}: the table has the history of each key, one row a version, from the time at which
 * its values were seen first until the time at which others were, or the key was deleted.
 *
 * <p>The history of a key is a function of its observations, that is of all rows ever given for it:
 * those of an interval that is run again take the place of the earlier ones of that interval;
 * without intervals they come on top. So late rows, any order of intervals and any repetition end
 * in the same rows. That needs the observations themselves, because two equal ones collapse into
 * one version that a late third may have to split: they are kept beside the table, and only the
 * keys for which they change are built anew. Where all rows come after all that was observed, which
 * the statistics of the files tell, the newest version of a key is enough to go on from.
 *
 * <p>Of several observations of a key at one time the greatest counts: one that deletes comes after
 * one that does not, then the values decide, column by column in the order of their names, null
 * being the smallest.
 */
final class Scd2Merge implements Merging {

  private static final String WINNER = "__winner";
  private static final String STATE = "__state";

  private final MergeTarget target;
  private final MergeInput input;
  private final Counter counter = new Counter();
  private Dataset<Row> fresh;
  private Dataset<Row> added;
  private KeyBounds changed;
  private boolean replaces;

  Scd2Merge(MergeTarget target, MergeInput input) {
    this.target = target;
    this.input = input;
  }

  @Override
  public Changes changes() {
    List<Column> measures = new ArrayList<>(KeyBounds.measures(lit(true), input.key()));
    measures.add(min(input.time()));
    Pinned pinned = Pinned.of(distinct(input.prepared(counter)), measures);
    fresh = pinned.rows();
    added = fresh;
    input.requireSound(counter);
    KeyBounds given = KeyBounds.read(fresh, input.key(), pinned.measured(), 0);
    Optional<Dataset<Row>> observed = target.observed().rows();
    if (observed.isEmpty()) {
      return changes(fresh, target.rows().limit(0));
    }
    return isLater(pinned.measured().get(measures.size() - 1))
        ? continued(given)
        : rebuilt(given, known(observed.get()));
  }

  /** Whether all rows come after everything that was observed so far, and replace none of it. */
  private boolean isLater(Object first) {
    return first != null
        && !target.ensured().narrowed()
        && target.observed().hasSurelyNone(col(input.time()).geq(lit(first)).or(ofInterval()));
  }

  /** The history goes on from the newest version of each key: it stands for all before it. */
  private Changes continued(KeyBounds given) {
    Dataset<Row> newest = Pinned.of(given.of(target.rows().filter(col(HistoryColumns.IS_CURRENT))));
    Dataset<Row> last = known(newest.withColumn(MergeInput.DELETED, lit(false)));
    return changes(last.unionByName(fresh), newest);
  }

  /** The history of the keys for which an observation came or went, anew. */
  private Changes rebuilt(KeyBounds given, Dataset<Row> observed) {
    Dataset<Row> keys = different(given, observed).select(columns(input.key()));
    changed = KeyBounds.of(target.orAllKeys(keys, observed), input.key());
    if (changed.rows() == 0) {
      return changes(fresh.limit(0), target.rows().limit(0));
    }
    Dataset<Row> kept = observed.filter(not(ofInterval()));
    return changes(changed.of(kept.unionByName(fresh)), changed.of(target.rows()));
  }

  /** Observations as they are kept, with the columns of today. */
  private Dataset<Row> known(Dataset<Row> kept) {
    Stream<Column> given =
        input.table().writtenColumns().stream()
            .filter(c -> !input.isFlag(c.name()))
            .map(
                c ->
                    List.of(kept.columns()).contains(c.name())
                        ? col(c.name()).cast(c.type().sql()).as(c.name())
                        : lit(null).cast(c.type().sql()).as(c.name()));
    return kept.select(
        Stream.concat(given, Stream.of(col(MergeInput.DELETED))).toArray(Column[]::new));
  }

  /** Observations that are there now and were not before, or the other way round. */
  private Dataset<Row> different(KeyBounds given, Dataset<Row> observed) {
    if (input.range().isEmpty()) {
      added = Pinned.of(without(fresh, given.of(observed)));
      return added;
    }
    Dataset<Row> before = observed.filter(ofInterval());
    replaces = !before.isEmpty();
    return replaces ? Pinned.of(without(fresh, before).unionByName(without(before, fresh))) : fresh;
  }

  /** One of equal rows: where they come from makes no difference. */
  private Dataset<Row> distinct(Dataset<Row> rows) {
    if (input.metadata().isEmpty()) {
      return rows.distinct();
    }
    return rows.groupBy(columns(said(rows)))
        .agg(max(struct(columns(input.metadata()))).as(WINNER))
        .select(columns(said(rows), col(WINNER + ".*")));
  }

  /** Rows that are not among the others, wherever they come from. */
  private Dataset<Row> without(Dataset<Row> rows, Dataset<Row> others) {
    if (input.metadata().isEmpty()) {
      return rows.except(others);
    }
    Dataset<Row> r = rows.as("r");
    Column same =
        said(rows).stream()
            .map(c -> col("r." + c).eqNullSafe(col("o." + c)))
            .reduce(lit(true), Column::and);
    return r.join(others.as("o"), same, "left_anti").select("r.*");
  }

  private List<String> said(Dataset<Row> rows) {
    return Stream.of(rows.columns()).filter(c -> !input.metadata().contains(c)).toList();
  }

  private Column ofInterval() {
    Optional<Interval> range = input.range();
    return range.map(r -> TableWriter.inRange(input.table(), r)).orElse(lit(false));
  }

  private Changes changes(Dataset<Row> observations, Dataset<Row> found) {
    List<String> rowKey = input.table().rowKey();
    return Changes.of(
        Changes.between(history(observations), found, rowKey, input.metadata()), rowKey);
  }

  private Dataset<Row> history(Dataset<Row> observations) {
    WindowSpec byTime = Window.partitionBy(columns(input.key())).orderBy(col(input.time()));
    Column state = MergeInput.values(input.compared().stream());
    Column changed = not(col(STATE).eqNullSafe(lag(col(STATE), 1).over(byTime)));
    return winners(observations)
        .withColumn(STATE, when(not(col(MergeInput.DELETED)), state))
        .withColumn("__changed", changed)
        .filter(col("__changed"))
        .withColumn(HistoryColumns.VALID_FROM, col(input.time()))
        .withColumn(HistoryColumns.VALID_TO, lead(col(input.time()), 1).over(byTime))
        .withColumn(HistoryColumns.IS_CURRENT, col(HistoryColumns.VALID_TO).isNull())
        .filter(not(col(MergeInput.DELETED)))
        .select(input.living());
  }

  /** One row for each key and time. */
  private Dataset<Row> winners(Dataset<Row> observations) {
    List<String> rank = new ArrayList<>(List.of(MergeInput.DELETED));
    rank.addAll(input.compared());
    input.values().stream().filter(v -> !rank.contains(v)).forEach(rank::add);
    rank.addAll(input.metadata());
    return observations
        .groupBy(columns(input.keyAndTime()))
        .agg(max(struct(columns(rank))).as(WINNER))
        .select(columns(input.keyAndTime(), col(WINNER + ".*")));
  }

  @Override
  public OptionalLong given() {
    return counter.all();
  }

  @Override
  public void remember() {
    boolean nothingNew = changed != null && changed.rows() == 0;
    if (nothingNew) {
      return;
    }
    if (replaces) {
      target.observed().delete(ofInterval());
    }
    target.observed().append(added, months());
  }

  private Optional<String> months() {
    return input.table().write().intervalColumn();
  }
}
