package io.afp.bench.transform;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The merges as one writes them without AFP: the newest change of each key, held in memory; the
 * bounds of its keys as literals, so that Iceberg skips the other partitions; one MERGE.
 */
final class MergesByHand {

  private static final String NEWEST =
      """
      SELECT * FROM (
        SELECT *, row_number() OVER (PARTITION BY l_orderkey, l_linenumber ORDER BY l_updated DESC) AS newest
        FROM %s WHERE l_orderkey <= %d)
      WHERE newest = 1""";

  private static final List<String> COLUMNS = List.copyOf(MergeData.columns().keySet());
  private static final List<String> VALUES =
      COLUMNS.stream()
          .filter(c -> !List.of("l_orderkey", "l_linenumber", "l_updated", "l_deleted").contains(c))
          .toList();

  private final SparkSession spark;

  MergesByHand(SparkSession spark) {
    this.spark = spark;
  }

  void upsert(String table, long lastOrder) {
    withChanges(
        lastOrder,
        bounds ->
            """
            MERGE INTO %s t USING changes s
            ON t.l_orderkey = s.l_orderkey AND t.l_linenumber = s.l_linenumber AND %s
            WHEN MATCHED AND s.l_updated > t.l_updated AND s.l_deleted THEN DELETE
            WHEN MATCHED AND s.l_updated > t.l_updated THEN UPDATE SET *
            WHEN NOT MATCHED AND NOT s.l_deleted THEN INSERT *"""
                .formatted(table, bounds));
  }

  /** A change closes the version of its key, and comes once more without a key: as the next one. */
  void history(String table) {
    String source = String.join(", ", COLUMNS);
    String inserted =
        Stream.concat(COLUMNS.stream(), Stream.of("valid_from", "valid_to", "is_current"))
            .collect(Collectors.joining(", "));
    withChanges(
        Long.MAX_VALUE,
        bounds ->
            """
            MERGE INTO %1$s t USING (
              SELECT l_orderkey AS merge_key, %2$s FROM changes
              UNION ALL
              SELECT CAST(null AS bigint), %3$s FROM changes s JOIN %1$s t
                ON t.l_orderkey = s.l_orderkey AND t.l_linenumber = s.l_linenumber AND %4$s AND t.is_current
              WHERE NOT s.l_deleted AND NOT %5$s) s
            ON t.l_orderkey = s.merge_key AND t.l_linenumber = s.l_linenumber AND %4$s AND t.is_current
            WHEN MATCHED AND (s.l_deleted OR NOT %5$s) THEN UPDATE SET valid_to = s.l_updated, is_current = false
            WHEN NOT MATCHED AND NOT s.l_deleted THEN INSERT (%6$s) VALUES (%3$s, s.l_updated, null, true)"""
                .formatted(table, source, of("s"), bounds, same(), inserted));
  }

  private static String of(String alias) {
    return COLUMNS.stream().map(c -> alias + "." + c).collect(Collectors.joining(", "));
  }

  private static String same() {
    return VALUES.stream()
        .map(c -> "s.%1$s <=> t.%1$s".formatted(c))
        .collect(Collectors.joining(" AND ", "(", ")"));
  }

  /** A MERGE for given bounds of the keys. */
  private interface Statement {
    String with(String bounds);
  }

  private void withChanges(long lastOrder, Statement merge) {
    Dataset<Row> changes =
        spark.sql(NEWEST.formatted(MergeData.CHANGES, lastOrder)).drop("newest").persist();
    changes.createOrReplaceTempView("changes");
    Row ends = spark.sql("SELECT min(l_orderkey), max(l_orderkey) FROM changes").head();
    spark.sql(
        merge.with("t.l_orderkey BETWEEN %d AND %d".formatted(ends.getLong(0), ends.getLong(1))));
    changes.unpersist();
  }
}
