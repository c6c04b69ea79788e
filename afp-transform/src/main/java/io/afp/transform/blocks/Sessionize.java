package io.afp.transform.blocks;

import static org.apache.spark.sql.functions.hash;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.last;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * Parts the rows of a key into sessions: where more time than a gap lies between a row and the one
 * before, a new session starts.
 *
 * <pre>{@code
 * Sessionize.by("visitor").at("clicked_at").gap(Duration.ofMinutes(30)).of(clicks)
 * }</pre>
 *
 * <p>Every row is there exactly once, with two columns more: {@code session}, a bigint that counts
 * the sessions of the key in these rows from 1, and {@code session_id}, the {@link SurrogateKey} of
 * the key and the time of the first row. The id stays when rows are added behind, to other sessions
 * or to other keys; the number is only good within one result. A row with a null key or a null time
 * belongs to no session: both are null.
 *
 * <p>Only the rows that are given count: a session that reaches over the end of an interval is cut
 * there unless the model reads some time before it.
 */
public final class Sessionize {

  private static final String MICROS = "__afp_micros";
  private static final String BEFORE = "__afp_before";
  private static final String START = "__afp_start";
  private static final String SPREAD = "__afp_spread";

  private final List<String> key;
  private final String time;
  private final Duration gap;
  private final List<String> names;

  private Sessionize(List<String> key, String time, Duration gap, List<String> names) {
    this.key = key;
    this.time = time;
    this.gap = gap;
    this.names = names;
  }

  /** Whose sessions they are. */
  public static Sessionize by(String... key) {
    return new Sessionize(Fields.key(key), "", Duration.ZERO, List.of("session", "session_id"));
  }

  /** The column with the time of a row. */
  public Sessionize at(String time) {
    return new Sessionize(key, time, gap, names);
  }

  /** The longest time between two neighbours in one session. */
  public Sessionize gap(Duration gap) {
    return new Sessionize(key, time, gap, names);
  }

  /** Other names for the two columns. */
  public Sessionize as(String number, String id) {
    return new Sessionize(key, time, gap, List.of(number, id));
  }

  /**
   * The rows with their sessions.
   *
   * @throws IllegalArgumentException if a column is not there or no time, the name of a new one is
   *     taken, or a column of the key has a type that {@link SurrogateKey} refuses
   */
  public Dataset<Row> of(Dataset<Row> rows) {
    StructType schema = rows.schema();
    DataType type = Fields.find(schema, time).dataType();
    key.forEach(column -> Fields.find(schema, column));
    Micros.requireTime(time, type);
    Fields.requireFree(schema, names);
    Dataset<Row> prepared =
        rows.withColumn(MICROS, Micros.since1970(Fields.named(time), type))
            .withColumn(SPREAD, when(Fields.anyNull(key), hash(Fields.named(time))).otherwise(0));
    Dataset<Row> started =
        prepared
            .withColumn(BEFORE, lag(Fields.named(MICROS), 1).over(sorted()))
            .withColumn(START, when(starts(), Fields.named(time)));
    Dataset<Row> numbered =
        started
            .withColumn(
                names.get(0),
                when(hasSession(), sum(when(starts(), 1L).otherwise(0L)).over(upToHere())))
            .withColumn(START, last(Fields.named(START), true).over(upToHere()));
    return numbered
        .withColumn(names.get(1), when(hasSession(), id(numbered.schema())))
        .drop(MICROS, BEFORE, START, SPREAD);
  }

  private Column id(StructType schema) {
    String[] columns = Stream.concat(key.stream(), Stream.of(START)).toArray(String[]::new);
    return SurrogateKey.of(schema, columns);
  }

  private Column hasSession() {
    return not(Fields.anyNull(key).or(Fields.named(time).isNull()));
  }

  private Column starts() {
    Column before = Fields.named(BEFORE);
    Column since = Fields.named(MICROS).minus(before);
    return hasSession().and(before.isNull().or(since.gt(Micros.of(gap))));
  }

  /** Rows without a key have no session wherever they are, so they need not be in one place. */
  private WindowSpec sorted() {
    List<Column> place = new ArrayList<>(Fields.named(key));
    place.add(Fields.named(SPREAD));
    return Window.partitionBy(place.toArray(Column[]::new)).orderBy(Fields.named(MICROS));
  }

  private WindowSpec upToHere() {
    return sorted().rowsBetween(Window.unboundedPreceding(), Window.currentRow());
  }
}
