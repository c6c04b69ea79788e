package io.afp.ingestion.infer;

import static org.apache.spark.sql.functions.approx_count_distinct;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.xxhash64;

import io.afp.core.definition.ColumnType.Kind;
import io.afp.core.definition.FieldName;
import io.afp.core.lake.RawRows;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Looks for one or two columns whose values no two of the rows share. */
final class KeySearch {

  private static final int MOST_COLUMNS = 30;
  private static final int MOST_SINGLE = 5;
  private static final int MOST_PAIRS = 12;
  private static final double NEARLY = 0.9;

  private final List<InferredColumn> columns;
  private final Dataset<Row> rows;
  private final long count;
  private final long salt = new SecureRandom().nextLong();

  KeySearch(RawRows raw, List<InferredColumn> columns, long count) {
    Column[] named =
        columns.stream()
            .map(c -> RawRows.field(FieldName.plain(c.field())).as(c.name()))
            .toArray(Column[]::new);
    this.columns = columns;
    this.rows = raw.rows().filter(col(RawRows.MALFORMED).isNull()).select(named);
    this.count = count;
  }

  /** The columns of each key that was found, the most likely one first. */
  List<List<String>> found(List<ColumnProfile> profiles) {
    if (count < 2) {
      return List.of();
    }
    List<String> single =
        IntStream.range(0, columns.size())
            .filter(i -> canIdentify(columns.get(i)) && !profiles.get(i).repeats())
            .mapToObj(i -> columns.get(i).name())
            .limit(MOST_SINGLE)
            .toList();
    List<List<String>> keys = single.stream().map(List::of).toList();
    List<List<String>> found = unique(keys);
    return found.isEmpty() ? pairs() : found;
  }

  private static boolean canIdentify(InferredColumn column) {
    Kind kind = column.choice().type().kind();
    boolean exact = kind != Kind.DOUBLE && kind != Kind.FLOAT && kind != Kind.BOOLEAN;
    return column.complete() && exact;
  }

  private List<List<String>> unique(List<List<String>> keys) {
    if (keys.isEmpty()) {
      return List.of();
    }
    Row counts = ask(keys.stream().map(k -> countDistinct(hashed(k))).toList());
    return IntStream.range(0, keys.size())
        .filter(i -> counts.getLong(i) == count)
        .mapToObj(keys::get)
        .toList();
  }

  private List<List<String>> pairs() {
    List<String> names =
        columns.stream()
            .filter(KeySearch::canIdentify)
            .map(InferredColumn::name)
            .limit(MOST_COLUMNS)
            .toList();
    List<List<String>> possible = possible(names);
    if (possible.isEmpty()) {
      return List.of();
    }
    Row counts = ask(possible.stream().map(k -> approx_count_distinct(values(k), 0.01)).toList());
    List<List<String>> likely =
        IntStream.range(0, possible.size())
            .filter(i -> counts.getLong(i) >= NEARLY * count)
            .mapToObj(possible::get)
            .limit(2)
            .toList();
    return unique(likely);
  }

  /** Pairs with enough different values, those first that have fewest of them. */
  private List<List<String>> possible(List<String> names) {
    if (names.size() < 2) {
      return List.of();
    }
    Row counts = ask(names.stream().map(n -> approx_count_distinct(col(n), 0.02)).toList());
    List<int[]> pairs = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      for (int j = i + 1; j < names.size(); j++) {
        if (NEARLY * count <= (double) counts.getLong(i) * counts.getLong(j)) {
          pairs.add(new int[] {i, j});
        }
      }
    }
    pairs.sort(
        Comparator.comparingDouble(p -> (double) counts.getLong(p[0]) * counts.getLong(p[1])));
    return pairs.stream()
        .limit(MOST_PAIRS)
        .map(p -> List.of(names.get(p[0]), names.get(p[1])))
        .toList();
  }

  /**
   * What takes part in a shuffle is on disks, and may be personal: hashes are all that it needs.
   */
  private Column hashed(List<String> key) {
    return xxhash64(values(key), lit(salt));
  }

  private static Column values(List<String> key) {
    return struct(key.stream().map(k -> col(k)).toArray(Column[]::new));
  }

  private Row ask(List<Column> counts) {
    return rows.agg(lit(1).as("any"), counts.toArray(Column[]::new)).drop("any").first();
  }
}
