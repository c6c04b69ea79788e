package io.afp.transform.blocks;

import static org.apache.spark.sql.functions.hash;
import static org.apache.spark.sql.functions.last;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * Gives each row of the left side the last row of the right side at or before its time, among those
 * of the same key.
 *
 * <pre>{@code
 * AsOfJoin.on("origin").times("dep_at", "observed_at").within(Duration.ofHours(3)).of(flights, weather)
 * }</pre>
 *
 * <p>Every row of the left is there exactly once, with all its columns; behind them are those of
 * the right but the key, null where nothing is found. A null key or a null time finds nothing and
 * is not found. Of several rows of the right with the same key and time it is the last one in the
 * order of all their columns, from left to right, so that the result is always the same.
 *
 * <p>Both sides are brought together by key and sorted once, and each row is looked at once: a join
 * with {@code <=} would compare all pairs of a key. All rows of one key are sorted in one task.
 */
public final class AsOfJoin {

  private static final String TIME = "__afp_time";
  private static final String TURN = "__afp_turn";
  private static final String SPREAD = "__afp_spread";
  private static final String LEFT = "__afp_left";
  private static final String RIGHT = "__afp_right";
  private static final String FOUND = "__afp_found";

  private final List<String> key;
  private final String leftTime;
  private final String rightTime;
  private final Optional<Duration> tolerance;
  private final Exact exact;

  /** Whether a row of the same time is found. */
  private enum Exact {
    FOUND,
    NOT_FOUND
  }

  private AsOfJoin(
      List<String> key,
      String leftTime,
      String rightTime,
      Optional<Duration> tolerance,
      Exact exact) {
    this.key = key;
    this.leftTime = leftTime;
    this.rightTime = rightTime;
    this.tolerance = tolerance;
    this.exact = exact;
  }

  /** The columns that must be equal; both sides have them by these names and types. */
  public static AsOfJoin on(String... key) {
    return new AsOfJoin(Fields.key(key), "", "", Optional.empty(), Exact.FOUND);
  }

  /** The columns with the time of each side, of one type. */
  public AsOfJoin times(String left, String right) {
    return new AsOfJoin(key, left, right, tolerance, exact);
  }

  /** A row of the right that is older than this is not found. */
  public AsOfJoin within(Duration tolerance) {
    return new AsOfJoin(key, leftTime, rightTime, Optional.of(tolerance), exact);
  }

  /** A row of the right with the same time is not found: it must be older. */
  public AsOfJoin strictlyBefore() {
    return new AsOfJoin(key, leftTime, rightTime, tolerance, Exact.NOT_FOUND);
  }

  /**
   * The left side with what was found.
   *
   * @throws IllegalArgumentException if a column is not there, types differ, both sides have a
   *     column of one name, or the values of a column of the right have no order
   */
  public Dataset<Row> of(Dataset<Row> left, Dataset<Row> right) {
    return new Joining(left.schema(), right.schema()).of(left, right);
  }

  /** One join, whose columns are known. */
  private final class Joining {
    private final StructType left;
    private final StructType right;
    private final List<String> added;
    private final DataType time;

    Joining(StructType left, StructType right) {
      this.left = left;
      this.right = right;
      this.time = Fields.find(left, leftTime).dataType();
      requireSameType(leftTime, rightTime);
      key.forEach(column -> requireSameType(column, column));
      tolerance.ifPresent(t -> Micros.requireTime(leftTime, time));
      this.added = Arrays.stream(right.fieldNames()).filter(f -> !key.contains(f)).toList();
      Fields.requireFree(left, added);
      Ties.of(right);
    }

    private void requireSameType(String ofLeft, String ofRight) {
      DataType first = Fields.find(left, ofLeft).dataType();
      DataType second = Fields.find(right, ofRight).dataType();
      if (!first.sameType(second)) {
        throw new IllegalArgumentException(
            "Cannot join as of: %s and %s are of different types (left=%s, right=%s). Cast one of them"
                .formatted(ofLeft, ofRight, first.sql(), second.sql()));
      }
    }

    Dataset<Row> of(Dataset<Row> asking, Dataset<Row> known) {
      Column neverFound = Fields.anyNull(key).or(Fields.named(rightTime).isNull());
      Dataset<Row> both =
          side(asking, leftTime, struct(Fields.all(left)), noneOf(right), 1)
              .union(
                  side(
                      known.where(not(neverFound)),
                      rightTime,
                      noneOf(left),
                      struct(Fields.all(right)),
                      exact == Exact.FOUND ? 0 : 2));
      Dataset<Row> found =
          both.withColumn(FOUND, last(Fields.named(RIGHT), true).over(upToHere()))
              .where(Fields.named(LEFT).isNotNull());
      return found.select(columns().toArray(Column[]::new));
    }

    private Column noneOf(StructType schema) {
      return lit(null).cast(schema);
    }

    /** Rows without a key find nothing wherever they are, so they need not be in one place. */
    private Dataset<Row> side(
        Dataset<Row> rows, String at, Column asLeft, Column asRight, int turn) {
      List<Column> columns = new ArrayList<>(Fields.named(key));
      columns.add(when(Fields.anyNull(key), hash(Fields.named(at))).otherwise(0).as(SPREAD));
      columns.add(Fields.named(at).as(TIME));
      columns.add(lit(turn).as(TURN));
      columns.add(asLeft.as(LEFT));
      columns.add(asRight.as(RIGHT));
      return rows.select(columns.toArray(Column[]::new));
    }

    private WindowSpec upToHere() {
      List<Column> place = new ArrayList<>(Fields.named(key));
      place.add(Fields.named(SPREAD));
      List<Column> order = new ArrayList<>(Fields.named(List.of(TIME, TURN)));
      order.addAll(Ties.of(new StructType().add(RIGHT, right)));
      return Window.partitionBy(place.toArray(Column[]::new))
          .orderBy(order.toArray(Column[]::new))
          .rowsBetween(Window.unboundedPreceding(), Window.currentRow());
    }

    private List<Column> columns() {
      List<Column> columns = new ArrayList<>();
      for (String name : left.fieldNames()) {
        columns.add(Fields.named(LEFT).getField(name).as(name));
      }
      for (String name : added) {
        Column value = Fields.named(FOUND).getField(name);
        columns.add(tolerance.map(t -> when(isWithin(t), value)).orElse(value).as(name));
      }
      return columns;
    }

    private Column isWithin(Duration tolerance) {
      Column foundAt = Fields.named(FOUND).getField(rightTime);
      return Micros.since1970(Fields.named(TIME), time)
          .minus(Micros.since1970(foundAt, time))
          .leq(Micros.of(tolerance));
    }
  }
}
