package io.afp.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Compares every table of the two sides, in the lake and as served: the same columns, types and
 * rows, or an exit code that is not 0.
 *
 * <p>The argument is the address of AFP's database; both have the same user.
 */
public final class Comparison {

  private static final List<String> SERVED =
      List.of("mart.carrier_day", "mart.route_month", "mart.weather_delay");

  private static final List<String> TABLES =
      List.of(
          "raw.airports",
          "raw.airlines",
          "raw.planes",
          "raw.weather",
          "raw.flights",
          "core.plane",
          "core.flight",
          "mart.carrier_day",
          "mart.route_month",
          "mart.weather_delay");

  private Comparison() {}

  public static void main(String[] args) {
    String afp = args[0];
    SparkSession.Builder builder = SparkSession.builder().appName("comparison");
    catalog(builder, "lake", afp);
    catalog(builder, "hand", Postgres.url());
    try (SparkSession spark = builder.getOrCreate()) {
      for (String table : TABLES) {
        requireSame(table, spark.table("lake." + table), spark.table("hand." + table));
      }
      for (String table : SERVED) {
        requireSame(
            table + " as served", served(spark, afp, table), served(spark, Postgres.url(), table));
      }
    }
  }

  private static void catalog(SparkSession.Builder builder, String name, String uri) {
    String key = "spark.sql.catalog." + name;
    builder
        .config(key, "org.apache.iceberg.spark.SparkCatalog")
        .config(key + ".type", "jdbc")
        .config(key + ".uri", uri)
        .config(key + ".jdbc.user", Postgres.user())
        .config(key + ".jdbc.password", Postgres.password())
        .config(key + ".jdbc.schema-version", "V1")
        .config(key + ".warehouse", "/nothing/is/written");
  }

  private static Dataset<Row> served(SparkSession spark, String uri, String table) {
    Properties account = new Properties();
    account.setProperty("user", Postgres.user());
    account.setProperty("password", Postgres.password());
    account.setProperty("driver", "org.postgresql.Driver");
    return spark.read().jdbc(uri, table, account);
  }

  private static void requireSame(String table, Dataset<Row> afp, Dataset<Row> hand) {
    requireSame(table, "columns", columns(afp), columns(hand));
    Row sums = sums(afp);
    requireSame(table, "rows and sum of hashes", sums, sums(hand));
    System.err.printf("%s: the same %d rows%n", table, sums.getLong(0));
  }

  /** The number of rows and the sum of their hashes: equal for the same rows in any order. */
  private static Row sums(Dataset<Row> rows) {
    Column[] columns = Arrays.stream(rows.columns()).map(c -> col(c)).toArray(Column[]::new);
    Column hash = xxhash64(columns).cast("decimal(38,0)");
    return rows.agg(count(lit(1)), sum(hash)).head();
  }

  private static List<String> columns(Dataset<Row> rows) {
    return Arrays.stream(rows.schema().fields())
        .map(f -> f.name() + " " + f.dataType().sql())
        .toList();
  }

  private static void requireSame(String table, String what, Object afp, Object hand) {
    if (!afp.equals(hand)) {
      throw new IllegalStateException(
          "Cannot compare times: the two sides made different tables (table=%s, %s=%s, %s)"
              .formatted(table, what, afp, hand));
    }
  }
}
