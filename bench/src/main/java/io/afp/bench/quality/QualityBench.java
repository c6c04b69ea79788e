package io.afp.bench.quality;

import io.afp.bench.ingest.Copy;
import io.afp.bench.transform.Lake;
import io.afp.bench.transform.Pairs;
import io.afp.bench.transform.SameRows;
import io.afp.core.definition.TableDef;
import io.afp.core.job.Job;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What checks add to a write: those of AFP, measured in it, and those of Deequ, in a second pass.
 */
public final class QualityBench {

  private static final String EMPTY = "quality_empty";
  private static final String CHECKED_STATE = "checked_side";
  private static final String PLAIN_STATE = "plain_side";

  private final SparkSession spark;
  private final Lake lake;
  private final Path rows;

  private QualityBench(SparkSession spark, Path work) {
    this.spark = spark;
    this.lake = new Lake(spark, work.resolve("lake"));
    this.rows = work.resolve("lineitem.parquet");
  }

  /**
   * The arguments are the folder of the work, that of a copy of lineitem, the number of pairs, and
   * which cases to measure, by a part of their names.
   */
  public static void main(String[] args) {
    try (SparkSession spark = SparkSession.builder().appName("quality").getOrCreate()) {
      QualityBench bench = new QualityBench(spark, Path.of(args[0]).toAbsolutePath());
      bench.prepare(args[1]);
      int pairs = Integer.parseInt(args[2]);
      String only = args.length > 3 ? args[3] : "";
      bench.measure("20 checks, 2 distinct", bench.afp(Rules.checked()), pairs, only);
      bench.measure("the same and a key", bench.afp(Rules.keyed()), pairs, only);
      bench.measure("Deequ behind the write", bench.deequ(false), pairs, only);
      bench.measure("Deequ with the key", bench.deequ(true), pairs, only);
    }
  }

  /** The rows are read from Parquet, so that reading costs little beside writing. */
  private void prepare(String files) {
    lake.startEmpty(EMPTY);
    if (!Files.exists(rows.resolve("_SUCCESS"))) {
      spark
          .read()
          .schema(Copy.CLEAN.schema())
          .option("header", true)
          .csv(files)
          .write()
          .mode("overwrite")
          .parquet(rows.toString());
    }
  }

  private void measure(String name, Pairs.Side checked, int pairs, String only) {
    if (name.contains(only)) {
      Pairs measured = new Pairs(name, checked, write(Rules.plain(), PLAIN_STATE));
      System.out.println(measured.measure(pairs, this::requireSame).row());
      lake.steps(CHECKED_STATE).forEach(step -> System.err.println(name + ": " + step + " s"));
    }
  }

  private void requireSame() {
    Dataset<Row> plain = lake.published(PLAIN_STATE).table(Rules.PLAIN.toString());
    SparkSession published = lake.published(CHECKED_STATE);
    Dataset<Row> checked =
        published.catalog().tableExists(Rules.CHECKED.toString())
            ? published.table(Rules.CHECKED.toString())
            : published.table(Rules.PLAIN.toString());
    SameRows.require("lineitem", checked, plain);
  }

  private Pairs.Side afp(TableDef table) {
    return write(table, CHECKED_STATE);
  }

  private Pairs.Side write(TableDef table, String state) {
    return new Pairs.Side() {
      @Override
      public void prepare() {
        lake.copy(EMPTY, state);
      }

      @Override
      public void run() {
        lake.run(
            Job.named("quality"),
            run ->
                run.table(table)
                    .replace(run.spark().read().parquet(rows.toString()), run.interval()));
      }
    };
  }

  private Pairs.Side deequ(boolean keyed) {
    Pairs.Side write = write(Rules.plain(), CHECKED_STATE);
    return new Pairs.Side() {
      @Override
      public void prepare() {
        write.prepare();
      }

      @Override
      public void run() {
        write.run();
        DeequPass.judge(lake.published(CHECKED_STATE).table(Rules.PLAIN.toString()), keyed);
      }
    };
  }
}
