package io.afp.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_csv;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * The pipeline {@code afp-examples/flights} as one writes it without AFP: the same files, types,
 * queries, Iceberg tables and served tables, and nothing that AFP does beyond.
 *
 * <p>Arguments are the folder of the pipeline, the first and the last month, and the warehouse.
 */
public final class FlightsByHand {

  private final SparkSession spark;
  private final Path folder;
  private final YearMonth first;
  private final YearMonth last;

  private FlightsByHand(SparkSession spark, Path folder, YearMonth first, YearMonth last) {
    this.spark = spark;
    this.folder = folder;
    this.first = first;
    this.last = last;
  }

  public static void main(String[] args) throws Exception {
    try (SparkSession spark = session(args[3])) {
      new FlightsByHand(spark, Path.of(args[0]), YearMonth.parse(args[1]), YearMonth.parse(args[2]))
          .run();
    }
  }

  private static SparkSession session(String warehouse) {
    return SparkSession.builder()
        .appName("flights by hand")
        .config("spark.sql.catalog.hand", "org.apache.iceberg.spark.SparkCatalog")
        .config("spark.sql.catalog.hand.type", "jdbc")
        .config("spark.sql.catalog.hand.uri", Postgres.url())
        .config("spark.sql.catalog.hand.jdbc.user", Postgres.user())
        .config("spark.sql.catalog.hand.jdbc.password", Postgres.password())
        .config("spark.sql.catalog.hand.jdbc.schema-version", "V1")
        .config("spark.sql.catalog.hand.warehouse", warehouse)
        .config("spark.sql.defaultCatalog", "hand")
        .config(
            "spark.sql.extensions",
            "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.datetime.java8API.enabled", "true")
        .getOrCreate();
  }

  private void run() throws IOException, SQLException {
    List.of("raw", "core", "mart").forEach(n -> spark.sql("CREATE NAMESPACE IF NOT EXISTS " + n));
    String airports =
        "faa string, name string, lat double, lon double, alt int, tz int, dst string, tzone string";
    replace("raw.airports", csv(airports, "data/airports.csv.gz"));
    replace("raw.airlines", csv("carrier string, name string", "data/airlines.csv.gz"));
    String planes =
        """
        tailnum string, year int, type string, manufacturer string, model string, engines int, seats int, speed int,
        engine string""";
    replace("raw.planes", csv(planes, "data/planes.csv.gz"));
    String weather =
        """
        origin string, year int, month int, day int, hour int, temp double, dewp double, humid double, wind_dir int,
        wind_speed double, wind_gust double, precip double, pressure double, visib double, time_hour timestamp""";
    replace("raw.weather", csv(weather, "data/weather.csv.gz"));
    replace("raw.flights", flights(), "flight_date");
    replace("core.plane", model("core/plane"));
    replace("core.flight", model("core/flight"), "flight_date");
    replace("mart.carrier_day", model("mart/carrier_day"), "flight_date");
    replace("mart.route_month", model("mart/route_month"), "month");
    replace("mart.weather_delay", model("mart/weather_delay"), "month");
    serve("mart.carrier_day", "carrier, flight_date", "flight_date");
    serve("mart.route_month", "origin, dest, month", "month", "dest");
    serve("mart.weather_delay", "month, origin, weather", "weather");
  }

  private Dataset<Row> flights() {
    String columns =
        """
        year int, month int, day int, dep_time int, sched_dep_time int, dep_delay int, arr_time int, sched_arr_time int,
        arr_delay int, carrier string, flight int, tailnum string, origin string, dest string, air_time int, distance int,
        hour int, minute int, time_hour timestamp""";
    String[] files =
        Stream.iterate(first, month -> !month.isAfter(last), month -> month.plusMonths(1))
            .map("data/flights/%s.csv.gz"::formatted)
            .toArray(String[]::new);
    return csv(columns, files).withColumn("flight_date", expr("make_date(year, month, day)"));
  }

  private Dataset<Row> csv(String columns, String... files) {
    return spark
        .read()
        .schema(columns)
        .option("header", true)
        .option("nullValue", "NA")
        .option("escape", "\"")
        .option("multiLine", true)
        .option("mode", "FAILFAST")
        .csv(Stream.of(files).map(f -> folder.resolve(f).toString()).toArray(String[]::new));
  }

  private Dataset<Row> model(String name) throws IOException {
    String sql = Files.readString(folder.resolve("tables/" + name + ".sql"));
    return spark.sql(
        sql, Map.of("interval_start", first.atDay(1), "interval_end", last.plusMonths(1).atDay(1)));
  }

  private void replace(String table, Dataset<Row> rows) {
    create(table, rows, "");
    overwrite(table, rows, lit(true));
  }

  /** Replaces the months of the run, by the column that the table is partitioned by. */
  private void replace(String table, Dataset<Row> rows, String date) {
    create(table, rows, "PARTITIONED BY (months(" + date + "))");
    Column months =
        col(date).geq(lit(first.atDay(1))).and(col(date).lt(lit(last.plusMonths(1).atDay(1))));
    overwrite(table, rows, months);
  }

  private void create(String table, Dataset<Row> rows, String partitions) {
    spark.sql(
        "CREATE TABLE IF NOT EXISTS %s (%s) USING iceberg %s"
            .formatted(table, rows.schema().toDDL(), partitions));
  }

  private static void overwrite(String table, Dataset<Row> rows, Column filter) {
    try {
      rows.writeTo(table).overwrite(filter);
    } catch (org.apache.spark.sql.catalyst.analysis.NoSuchTableException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Loads a new table beside the old one and puts it in its place when it is whole. */
  private void serve(String table, String key, String... indexes) throws SQLException {
    Dataset<Row> rows = spark.table(table);
    String fresh = table + "_new";
    String name = table.substring(table.indexOf('.') + 1);
    try (Connection connection = Postgres.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA IF NOT EXISTS mart");
      statement.execute("DROP TABLE IF EXISTS " + fresh);
      statement.execute("CREATE TABLE %s (%s)".formatted(fresh, Postgres.columns(rows.schema())));
      rows.select(to_csv(struct(col("*"))))
          .as(Encoders.STRING())
          .foreachPartition((ForeachPartitionFunction<String>) lines -> copy(lines, fresh));
      statement.execute("ALTER TABLE %s ADD PRIMARY KEY (%s)".formatted(fresh, key));
      for (String index : indexes) {
        statement.execute("CREATE INDEX ON %s (%s)".formatted(fresh, index));
      }
      statement.execute("ANALYZE " + fresh);
      connection.setAutoCommit(false);
      statement.execute("DROP TABLE IF EXISTS " + table);
      statement.execute("ALTER TABLE %s RENAME TO %s".formatted(fresh, name));
      statement.execute("GRANT USAGE ON SCHEMA mart TO public");
      statement.execute("GRANT SELECT ON %s TO public".formatted(table));
      connection.commit();
    }
  }

  private static void copy(Iterator<String> lines, String table) throws SQLException {
    try (Connection connection = Postgres.connect()) {
      CopyIn copy =
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn("COPY " + table + " FROM STDIN (FORMAT csv)");
      while (lines.hasNext()) {
        byte[] line = (lines.next() + "\n").getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(line, 0, line.length);
      }
      copy.endCopy();
    }
  }
}
