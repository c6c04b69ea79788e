package io.afp.bench.transform;

import io.afp.core.job.Job;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Merges: {@code upsert} and {@code scd2} beside a MERGE that is written by hand. */
public final class MergeBench {

  private static final String BASE = "base";
  private static final String AFP_STATE = "afp_side";
  private static final String HAND_STATE = "hand_side";

  private final Lake lake;
  private final MergeData data;
  private final Job merges;

  private MergeBench(Lake lake, MergeData data) {
    this.lake = lake;
    this.data = data;
    this.merges = Job.of(data.pipeline());
  }

  /**
   * The arguments are the folder of the work, the scale, the number of pairs and which cases to
   * measure, by a part of their names.
   */
  public static void main(String[] args) {
    try (SparkSession spark = SparkSession.builder().appName("merges").getOrCreate()) {
      Path work = Path.of(args[0]).toAbsolutePath();
      Lake lake = new Lake(spark, work.resolve("lake"));
      MergeBench bench = new MergeBench(lake, new MergeData(Double.parseDouble(args[1])));
      bench.measure(Integer.parseInt(args[2]), args.length > 3 ? args[3] : "");
    }
  }

  /** One merge that is measured. */
  private record Case(String name, String table, String state, long lastOrder) {}

  private List<Case> cases() {
    return List.of(
        new Case("upsert, recent orders", MergeData.UPSERTED, "recent", Long.MAX_VALUE),
        new Case("upsert, from everywhere", MergeData.UPSERTED, "scattered", Long.MAX_VALUE),
        new Case("scd2, recent orders", MergeData.HISTORY, "recent", Long.MAX_VALUE),
        new Case("scd2, from everywhere", MergeData.HISTORY, "scattered", Long.MAX_VALUE),
        new Case("upsert in one partition of 3", MergeData.QUARTER, "one", data.order(0.25)),
        new Case("upsert in one partition of 6", MergeData.HALF, "one", data.order(0.5)),
        new Case("upsert in one partition of 12", MergeData.UPSERTED, "one", Long.MAX_VALUE));
  }

  /** The states from which merges start, each with other changes to be merged. */
  static void prepare(Lake lake, MergeData data) {
    lake.startEmpty(BASE);
    TpchLoad.load(lake, TpchTables.names());
    lake.copy(BASE, QueryBench.STATE);
    lake.share(QueryBench.STATE);
    lake.use(BASE);
    loadChanges(lake, MergeData.first());
    lake.run(Job.of(data.pipeline()));
    Map.of("recent", data.recent(), "scattered", data.scattered(), "one", data.inOnePartition())
        .forEach(
            (state, changes) -> {
              lake.copy(BASE, state);
              loadChanges(lake, changes);
              lake.share(state);
            });
  }

  private static void loadChanges(Lake lake, String query) {
    Lake.requireDone(
        Job.named("load")
            .run(
                lake.arguments(),
                run ->
                    run.table(MergeData.changes())
                        .replace(run.spark().sql(query), run.interval())));
  }

  private void measure(int pairs, String which) {
    System.out.println(Pairs.header());
    for (Case merge : cases()) {
      if (merge.name().contains(which)) {
        Pairs measured = new Pairs(merge.name(), afp(merge), hand(merge));
        measured.measure(pairs, () -> requireSame(merge));
        System.out.println(measured.row());
      }
    }
  }

  private Pairs.Side afp(Case merge) {
    return new Pairs.Side() {
      @Override
      public void prepare() {
        lake.copy(merge.state(), AFP_STATE);
      }

      @Override
      public void run() {
        lake.run(merges, "--select", merge.table());
      }
    };
  }

  private Pairs.Side hand(Case merge) {
    return new Pairs.Side() {
      private MergesByHand side;

      @Override
      public void prepare() {
        lake.copy(merge.state(), HAND_STATE);
        side = new MergesByHand(lake.byHand(HAND_STATE));
      }

      @Override
      public void run() {
        if (merge.table().equals(MergeData.HISTORY)) {
          side.history(merge.table());
        } else {
          side.upsert(merge.table(), merge.lastOrder());
        }
      }
    };
  }

  private void requireSame(Case merge) {
    lake.steps(AFP_STATE).forEach(System.err::println);
    Dataset<Row> afp = lake.published(AFP_STATE).table(merge.table());
    Dataset<Row> hand = lake.byHand(HAND_STATE).table(merge.table());
    SameRows.require(merge.name(), afp, hand);
  }
}
