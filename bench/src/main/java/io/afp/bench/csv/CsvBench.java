package io.afp.bench.csv;

import io.afp.bench.transform.Pairs;
import io.afp.bench.transform.SameRows;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * AFP's reader of CSV beside that of Spark, and beside that of DuckDB: typed rows that go nowhere.
 */
public final class CsvBench {

  private final SparkSession spark;
  private final Path copies;
  private final int pairs;

  private CsvBench(SparkSession spark, Path copies, int pairs) {
    this.spark = spark;
    this.copies = copies;
    this.pairs = pairs;
  }

  /**
   * The arguments are the folder of the copies of lineitem, the number of pairs, and what is read.
   */
  public static void main(String[] args) {
    try (SparkSession spark = SparkSession.builder().appName("csv").getOrCreate()) {
      CsvBench bench = new CsvBench(spark, Path.of(args[0]), Integer.parseInt(args[1]));
      for (String reading : List.of(args).subList(2, args.length)) {
        bench.measure(Reading.named(reading));
      }
    }
  }

  private void measure(Reading reading) {
    Dataset<Row> afp = reading.byAfp(spark, copies);
    Dataset<Row> hand = reading.bySpark(spark, copies);
    SameRows.require(reading.name(), afp, hand); // files and readers stay what they are
    print(name(reading, "Spark"), side(afp), side(hand));
    try (DuckDb duckDb = new DuckDb(copies, reading, cores())) {
      duckDb.requireRows(hand.count());
      print(name(reading, "DuckDB"), side(afp), duckDb);
    }
  }

  private void print(String name, Pairs.Side afp, Pairs.Side other) {
    System.out.println(new Pairs(name, afp, other).measure(pairs, () -> {}).row());
  }

  private String name(Reading reading, String other) {
    return "%s, %d %s, beside %s"
        .formatted(
            reading.name().toLowerCase(Locale.ROOT),
            cores(),
            cores() == 1 ? "core" : "cores",
            other);
  }

  private int cores() {
    return spark.sparkContext().defaultParallelism();
  }

  private static Pairs.Side side(Dataset<Row> rows) {
    return new Pairs.Side() {
      @Override
      public void prepare() {}

      @Override
      public void run() {
        rows.write().format("noop").mode("overwrite").save();
      }
    };
  }
}
