package io.afp.bench.transform;

import io.afp.core.job.Job;
import io.afp.core.ledger.Phase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Models: the queries of TPC-H, and models that do nothing, beside the same SQL by hand. */
public final class QueryBench {

  /** What the tables of TPC-H are in, and nothing else. */
  static final String STATE = "queries";

  private static final String AFP_STATE = "afp_side";
  private static final String HAND_STATE = "hand_side";
  private static final int TRIVIAL = 20;

  private final Lake lake;
  private final Job job = Job.of("afp-pipeline", Phase.values());
  private final String[] more;

  private QueryBench(Lake lake, String[] more) {
    this.lake = lake;
    this.more = more;
  }

  /**
   * The arguments are the folder of the work, that of the pipeline, the number of pairs, how many
   * queries run side by side, and what AFP is given beside.
   */
  public static void main(String[] args) throws SQLException {
    try (SparkSession spark = SparkSession.builder().appName("queries").getOrCreate()) {
      Path work = Path.of(args[0]).toAbsolutePath();
      Path pipeline = Path.of(args[1]).toAbsolutePath();
      String[] more = Arrays.copyOfRange(args, 4, args.length);
      QueryBench bench = new QueryBench(new Lake(spark, work.resolve("lake")), more);
      System.out.println(Pairs.header());
      bench.trivial(work.resolve("trivial"), Integer.parseInt(args[2]));
      bench.queries(pipeline, Integer.parseInt(args[2]), Integer.parseInt(args[3]));
    }
  }

  private void trivial(Path folder, int pairs) {
    Path pipeline = Queries.trivial(folder, TRIVIAL);
    Map<String, String> queries = Queries.of(pipeline);
    Pairs measured = new Pairs(TRIVIAL + " trivial models", afp(pipeline, 1), hand(queries));
    System.out.println(measured.measure(pairs, () -> {}).row());
    System.out.printf("%nA trivial model: %.0f ms%n%n", 1000 * measured.difference() / TRIVIAL);
  }

  private void queries(Path pipeline, int pairs, int threads) throws SQLException {
    Map<String, String> queries = Queries.of(pipeline);
    Pairs models = new Pairs("22 queries, one after the other", afp(pipeline, 1), hand(queries));
    System.out.println(models.measure(pairs, () -> requireSame(queries)).row());
    Pairs beside =
        new Pairs(
            "AFP, %d side by side; AFP, one after the other".formatted(threads),
            afp(pipeline, threads),
            afp(pipeline, 1));
    System.out.println(beside.measure(pairs, () -> {}).row());
    requireAnswers(queries);
  }

  private void requireAnswers(Map<String, String> queries) throws SQLException {
    SparkSession published = lake.published(AFP_STATE);
    try (Answers answers = new Answers(lake.sources())) {
      for (Map.Entry<String, String> query : queries.entrySet()) {
        answers.require(
            query.getKey(), query.getValue(), published.table("answer." + query.getKey()));
      }
    }
    System.err.println("All answers are those of DuckDB");
  }

  private void requireSame(Map<String, String> queries) {
    SparkSession afp = lake.published(AFP_STATE);
    SparkSession hand = lake.byHand(HAND_STATE);
    for (String query : queries.keySet()) {
      SameRows.require(query, afp.table("answer." + query), hand.table("answer." + query));
    }
  }

  private Pairs.Side afp(Path pipeline, int threads) {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.addAll(List.of("--threads", Integer.toString(threads)));
    return new Pairs.Side() {
      @Override
      public void prepare() {
        lake.copy(STATE, AFP_STATE);
      }

      @Override
      public void run() {
        lake.run(job, Lake.with(pipeline, arguments.toArray(String[]::new)));
      }
    };
  }

  private Pairs.Side hand(Map<String, String> queries) {
    return new Pairs.Side() {
      private ModelsByHand side;

      @Override
      public void prepare() {
        lake.copy(STATE, HAND_STATE);
        side = new ModelsByHand(lake.byHand(HAND_STATE), queries);
      }

      @Override
      public void run() {
        side.inSequence();
      }
    };
  }
}
