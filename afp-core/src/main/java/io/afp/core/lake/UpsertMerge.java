package io.afp.core.lake;

import static io.afp.core.lake.MergeInput.columns;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * {@code upsert}: the table has the newest row of each key, and no row of a key whose newest one
 * deletes it.
 *
 * <p>The newest row is the greatest by time; at the same time one that deletes comes after one that
 * does not, then the greater values decide, column by column in the order of their names, null
 * being the smallest. This order has no ties but equal rows, so the result depends on which rows
 * were given, not on when or how often. A key that is deleted is remembered beside the table with
 * its time, so that a late older row does not bring it back.
 */
final class UpsertMerge implements Merging {

  private static final String ORDER = "__order";
  private static final String FOUND = "__found";
  private static final String GONE = "__gone";
  private static final String MEMORY = "__memory";
  private static final String TIED = "__tied";

  private final MergeTarget target;
  private final MergeInput input;
  private final Counter counter = new Counter();
  private Changes memory;

  UpsertMerge(MergeTarget target, MergeInput input) {
    this.target = target;
    this.input = input;
  }

  @Override
  public Changes changes() {
    List<String> key = input.key();
    Pinned newest = Pinned.of(newest(), KeyBounds.measures(lit(true), key));
    input.requireSound(counter);
    KeyBounds bounds = KeyBounds.read(newest.rows(), key, newest.measured(), 0);
    List<Column> ofRows = Changes.measures(col(Changes.ACTION), key);
    List<Column> ofMemory = Changes.measures(col(MEMORY), key);
    List<Column> measures = new ArrayList<>(ofRows);
    measures.addAll(ofMemory);
    measures.add(count(when(col(TIED), lit(1))));
    Pinned judged = Pinned.of(judged(newest.rows(), bounds, false), measures);
    if (judged.measured().getLong(measures.size() - 1) > 0) {
      judged = Pinned.of(judged(newest.rows(), bounds, true), measures);
    }
    Dataset<Row> rows = judged.rows().select(input.living(col(Changes.ACTION)));
    Dataset<Row> remembered =
        judged.rows().select(columns(input.keyAndTime(), col(MEMORY).as(Changes.ACTION)));
    memory = Changes.read(remembered, key, judged.measured(), ofRows.size());
    return Changes.read(rows, key, judged.measured(), 0);
  }

  /** One row a key: key, time, {@link MergeInput#DELETED}, values. */
  private Dataset<Row> newest() {
    return input
        .prepared(counter)
        .groupBy(columns(input.key()))
        .agg(max(ranked(col(MergeInput.DELETED))).as(ORDER))
        .select(columns(input.key(), col(ORDER + ".*")));
  }

  private Column order(Column deleted) {
    return struct(orderedBy(deleted).toArray(Column[]::new));
  }

  /** The order, and what comes with it: of equal rows, too, always the same one counts. */
  private Column ranked(Column deleted) {
    Stream<Column> metadata = Stream.of(columns(input.metadata()));
    return struct(Stream.concat(orderedBy(deleted), metadata).toArray(Column[]::new));
  }

  private Stream<Column> orderedBy(Column deleted) {
    Stream<Column> first = Stream.of(col(input.time()), deleted.as(MergeInput.DELETED));
    return Stream.concat(first, Stream.of(columns(input.values())));
  }

  /**
   * What happens with the newest rows, in the table and in what is remembered beside it. Mostly the
   * time alone decides, so that the other columns of the table need not be read; where it does not,
   * a row is {@link #TIED}.
   */
  private Dataset<Row> judged(Dataset<Row> newest, KeyBounds bounds, boolean byValues) {
    Dataset<Row> rows = with(FOUND, found(bounds, byValues), newest);
    rows = with(GONE, gone(bounds), rows);
    Column deleted = col(MergeInput.DELETED);
    Column found = col(FOUND);
    Column gone = col(GONE + "." + input.time());
    Column time = col(input.time());
    Column later = gone.isNull().or(time.gt(gone));
    Column order = byValues ? order(deleted) : struct(time);
    Column newer = found.isNull().or(order.gt(found));
    Column lives = not(deleted).and(later).and(newer);
    Column action =
        when(lives.and(found.isNull()), Changes.INSERT)
            .when(lives, Changes.UPDATE)
            .when(deleted.and(newer).and(found.isNotNull()), Changes.DELETE);
    Column memory =
        when(deleted.and(newer).and(gone.isNull()), Changes.INSERT)
            .when(deleted.and(newer).and(later), Changes.UPDATE)
            .when(lives.and(gone.isNotNull()), Changes.DELETE);
    return rows.withColumn(Changes.ACTION, action)
        .withColumn(MEMORY, memory)
        .withColumn(TIED, time.equalTo(found.getField(input.time())))
        .drop(FOUND, GONE);
  }

  private Optional<Dataset<Row>> found(KeyBounds bounds, boolean byValues) {
    Column order = byValues ? order(lit(false)) : struct(input.time());
    return target.isEmpty()
        ? Optional.empty()
        : Optional.of(bounds.of(target.rows()).select(columns(input.key(), order.as(FOUND))));
  }

  /** No key is ever deleted without a flag, so nothing is looked for then. */
  private Optional<Dataset<Row>> gone(KeyBounds bounds) {
    return input
        .table()
        .write()
        .deleteFlag()
        .flatMap(flag -> target.observed().rows())
        .map(rows -> bounds.of(rows).select(columns(input.key(), struct(input.time()).as(GONE))));
  }

  private Dataset<Row> with(String name, Optional<Dataset<Row>> other, Dataset<Row> rows) {
    return other
        .map(o -> rows.join(o, usingKey(), "left_outer"))
        .orElseGet(() -> rows.withColumn(name, nothing()));
  }

  private Column nothing() {
    return when(lit(false), struct(input.time()));
  }

  private String[] usingKey() {
    return input.key().toArray(String[]::new);
  }

  @Override
  public OptionalLong given() {
    return counter.all();
  }

  @Override
  public void remember() {
    if (!memory.isEmpty()) {
      target.observed().merge(memory);
    }
  }
}
