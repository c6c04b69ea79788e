package io.afp.transform.blocks;

import static org.apache.spark.sql.functions.row_number;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.StructType;

/**
 * Keeps one row of each key, always the same one.
 *
 * <pre>{@code
 * Deduplicate.by("order_id").first(col("updated_at").desc()).of(orders)
 * }</pre>
 *
 * <p>It is the first row in the given order. Rows that are equal in it are ordered by all their
 * columns, ascending and from left to right, so the result does not depend on how the rows arrive
 * or are partitioned, as it does with {@code dropDuplicates}. Null is a key like any other: as in
 * {@code GROUP BY}, one row is kept for it. Of {@code asc()} nulls come first, of {@code desc()}
 * last.
 */
public final class Deduplicate {

  private static final String NUMBER = "__afp_number";

  private final List<String> key;
  private final List<Column> order;

  private Deduplicate(List<String> key, List<Column> order) {
    this.key = key;
    this.order = order;
  }

  /** The columns that identify what there shall be one row of. */
  public static Deduplicate by(String... key) {
    return new Deduplicate(Fields.key(key), List.of());
  }

  /** Which row is kept: the first one in this order. */
  public Deduplicate first(Column... order) {
    return new Deduplicate(key, List.of(order));
  }

  /**
   * One row of each key, with the same columns.
   *
   * @throws IllegalArgumentException if there is no such column, or one whose values have no order,
   *     such as a map
   */
  public Dataset<Row> of(Dataset<Row> rows) {
    StructType schema = rows.schema();
    key.forEach(column -> Fields.find(schema, column));
    List<Column> all = new ArrayList<>(order);
    all.addAll(Ties.of(schema));
    Column number =
        row_number()
            .over(
                Window.partitionBy(Fields.named(key).toArray(Column[]::new))
                    .orderBy(all.toArray(Column[]::new)));
    return rows.withColumn(NUMBER, number).where(Fields.named(NUMBER).equalTo(1)).drop(NUMBER);
  }
}
