package io.afp.core.lake;

import static io.afp.core.lake.MergeInput.columns;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.row_number;

import io.afp.core.definition.HistoryColumns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * {@code snapshot}: the table has the history of each key, from full extracts: each has all rows of
 * its time, so a key that is not in it was deleted by then.
 *
 * <p>The times of the extracts are the values of the interval column; a time without a row is no
 * extract, and says nothing. An interval that is run again takes the place of its earlier extracts.
 * What an extract said is seen in the versions that cover its time, so only the times are kept
 * beside the table; with them a late extract can split a version, and the history is the same for
 * any order and any repetition. Of several rows of a key in one extract the greatest counts, column
 * by column in the order of their names, null being the smallest.
 */
final class SnapshotMerge implements Merging {

  private static final String TIME = "__time";
  private static final String PLACE = "__place";
  private static final String RUN = "__run";
  private static final String LAST = "__last";
  private static final String WINNER = "__winner";

  private final MergeTarget target;
  private final MergeInput input;
  private final Counter counter = new Counter();
  private Dataset<Row> fresh;
  private Dataset<Row> keys;
  private Set<Object> before;
  private Set<Object> after;

  SnapshotMerge(MergeTarget target, MergeInput input) {
    this.target = target;
    this.input = input;
  }

  @Override
  public Changes changes() {
    fresh = Pinned.of(extracted());
    Set<Object> given = times(fresh);
    input.requireSound(counter);
    Optional<Dataset<Row>> observed = target.observed().rows();
    before = observed.map(this::times).orElse(Set.of());
    Set<Object> gone = observed.map(rows -> times(rows.filter(ofInterval()))).orElse(Set.of());
    Set<Object> kept = without(before, gone);
    after = new TreeSet<>(kept);
    after.addAll(given);
    if (before.isEmpty()) {
      return changes(fresh, target.rows().limit(0));
    }
    Dataset<Row> changed = changedKeys(given, without(gone, given));
    keys = Pinned.of(target.orAllKeys(changed, target.rows()));
    Dataset<Row> versions = ofKeys(target.rows());
    return changes(states(versions, kept).unionByName(ofKeys(fresh)), versions);
  }

  /** One row for each key and time. */
  private Dataset<Row> extracted() {
    List<String> others = new ArrayList<>(input.values());
    others.addAll(input.metadata());
    return input
        .prepared(counter)
        .groupBy(columns(input.keyAndTime()))
        .agg(max(MergeInput.values(others.stream())).as(WINNER))
        .select(
            columns(
                input.keyAndTime(),
                others.stream().map(o -> col(WINNER + "." + o)).toArray(Column[]::new)));
  }

  private Set<Object> times(Dataset<Row> rows) {
    return rows.select(input.time()).distinct().collectAsList().stream()
        .map(row -> row.get(0))
        .filter(time -> time != null)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<Object> without(Set<Object> all, Set<Object> some) {
    Set<Object> rest = new TreeSet<>(all);
    rest.removeAll(some);
    return rest;
  }

  private Column ofInterval() {
    return TableWriter.inRange(input.table(), input.range().orElseThrow());
  }

  /**
   * The keys for which an extract says something else than the versions do at its time, and those
   * of versions that begin or end with an extract that is gone.
   */
  private Dataset<Row> changedKeys(Set<Object> given, Set<Object> gone) {
    List<String> keyAndTime = Stream.concat(input.key().stream(), Stream.of(input.time())).toList();
    Column[] key = input.key().stream().map(k -> col(k)).toArray(Column[]::new);
    Dataset<Row> different =
        Changes.between(fresh, states(target.rows(), given), keyAndTime, input.metadata())
            .select(key);
    if (gone.isEmpty()) {
      return different.distinct();
    }
    Object[] times = gone.toArray();
    Column atEnd =
        col(HistoryColumns.VALID_FROM).isin(times).or(col(HistoryColumns.VALID_TO).isin(times));
    return different.unionByName(target.rows().filter(atEnd).select(key)).distinct();
  }

  private Dataset<Row> ofKeys(Dataset<Row> rows) {
    return rows.join(keys, input.key().toArray(String[]::new), "left_semi");
  }

  /** What the versions say at these times: key, time, values. */
  private Dataset<Row> states(Dataset<Row> versions, Collection<Object> times) {
    Column covers =
        col(TIME)
            .geq(col(HistoryColumns.VALID_FROM))
            .and(
                col(HistoryColumns.VALID_TO)
                    .isNull()
                    .or(col(TIME).lt(col(HistoryColumns.VALID_TO))));
    Stream<Column> columns =
        Stream.of(fresh.columns()).map(c -> c.equals(input.time()) ? col(TIME).as(c) : col(c));
    return versions.join(broadcast(places(times)), covers).select(columns.toArray(Column[]::new));
  }

  /** Times in their order: {@code __time}, {@code __place}. */
  private Dataset<Row> places(Collection<Object> times) {
    List<Row> rows = new ArrayList<>();
    new TreeSet<>(times).forEach(time -> rows.add(RowFactory.create(time, rows.size())));
    StructType type =
        new StructType()
            .add(TIME, fresh.schema().apply(input.time()).dataType())
            .add(PLACE, DataTypes.IntegerType);
    return target.session().createDataFrame(rows, type);
  }

  private Changes changes(Dataset<Row> states, Dataset<Row> found) {
    List<String> rowKey = input.table().rowKey();
    return Changes.of(Changes.between(history(states), found, rowKey, input.metadata()), rowKey);
  }

  /** A version for each run of extracts, one behind the other, that say the same of a key. */
  private Dataset<Row> history(Dataset<Row> states) {
    Dataset<Row> places = places(after);
    List<String> same = Stream.concat(input.key().stream(), input.values().stream()).toList();
    List<String> sameAndMetadata = Stream.concat(same.stream(), input.metadata().stream()).toList();
    Column inRun = row_number().over(Window.partitionBy(columns(same)).orderBy(col(PLACE)));
    Dataset<Row> ends =
        places.select(col(TIME).as(HistoryColumns.VALID_TO), col(PLACE).minus(1).as(LAST));
    Dataset<Row> runs =
        states
            .join(broadcast(places), col(input.time()).equalTo(col(TIME)))
            .select(
                columns(sameAndMetadata, col(PLACE), col(TIME), col(PLACE).minus(inRun).as(RUN)))
            .groupBy(columns(same, col(RUN)))
            .agg(min(TIME).as(HistoryColumns.VALID_FROM), ofRun());
    return runs.join(broadcast(ends), new String[] {LAST}, "left_outer")
        .withColumn(input.time(), col(HistoryColumns.VALID_FROM))
        .withColumn(HistoryColumns.IS_CURRENT, col(HistoryColumns.VALID_TO).isNull())
        .select(input.table().columns().stream().map(c -> col(c.name())).toArray(Column[]::new));
  }

  /** The last place of a run, and where its first row comes from. */
  private Column[] ofRun() {
    Stream<Column> metadata = input.metadata().stream().map(m -> min_by(col(m), col(PLACE)).as(m));
    return Stream.concat(Stream.of(max(PLACE).as(LAST)), metadata).toArray(Column[]::new);
  }

  @Override
  public OptionalLong given() {
    return counter.all();
  }

  @Override
  public void remember() {
    if (!before.equals(after)) {
      target.observed().replace(places(after).select(col(TIME).as(input.time())));
    }
  }
}
