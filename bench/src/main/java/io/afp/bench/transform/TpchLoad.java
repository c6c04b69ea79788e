package io.afp.bench.transform;

import io.afp.core.job.Job;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** What has to be in the lake before a measurement. */
public final class TpchLoad {

  private TpchLoad() {}

  /** The arguments are the folder of the work and the scale. */
  public static void main(String[] args) {
    try (SparkSession spark = SparkSession.builder().appName("load").getOrCreate()) {
      Path work = Path.of(args[0]).toAbsolutePath();
      Lake lake = new Lake(spark, work.resolve("lake"));
      MergeBench.prepare(lake, new MergeData(Double.parseDouble(args[1])));
    }
  }

  /** Brings tables of TPC-H into the lake, as AFP writes them. */
  static void load(Lake lake, List<String> tables) {
    Lake.requireDone(
        Job.named("load")
            .run(
                lake.arguments(),
                run -> {
                  for (String table : tables) {
                    run.table(TpchTables.declared(table))
                        .replace(
                            TpchTables.read(run.spark(), lake.sources(), table), run.interval());
                  }
                }));
  }
}
