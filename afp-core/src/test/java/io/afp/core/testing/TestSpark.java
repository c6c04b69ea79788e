package io.afp.core.testing;

import io.afp.core.lake.LakeFiles;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/** A real Spark, started once in the process: it costs seconds. */
public final class TestSpark {

  private static SparkSession session;

  private TestSpark() {}

  /** A session that is on no branch; a {@link TestLake} makes sessions on branches from it. */
  public static synchronized SparkSession session() {
    if (session == null) {
      session =
          SparkSession.builder()
              .master("local[2]")
              .appName("afp-test")
              .config("spark.ui.enabled", false)
              .config("spark.driver.host", "127.0.0.1")
              .config("spark.driver.bindAddress", "127.0.0.1")
              .config("spark.sql.shuffle.partitions", 2)
              .config("spark.shuffle.compress", false) // so that tests can look into its files
              .config("spark.sql.session.timeZone", "UTC")
              .config("spark.sql.ui.explainMode", "simple") // of each plan, for a UI that is off
              .config(
                  "spark.sql.extensions",
                  "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions")
              .getOrCreate();
      SparkContext context = session.sparkContext();
      context.setLogLevel("WARN");
      LakeFiles.reachLocal(context.master(), context.hadoopConfiguration());
    }
    return session;
  }

  /** A session that reads files as those on a branch do. */
  public static SparkSession likeOnBranch() {
    SparkSession like = session().newSession();
    like.conf().set("spark.sql.csv.parser.columnPruning.enabled", false);
    like.conf().set("spark.sql.session.timeZone", "UTC");
    return like;
  }
}
