package io.afp.bench.ingest;

import io.afp.bench.transform.Lake;
import io.afp.bench.transform.Pairs;
import io.afp.bench.transform.SameRows;
import io.afp.core.job.Job;
import io.afp.core.ledger.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A source: lineitem of TPC-H through AFP, with a contract on all columns, beside a typed read of
 * Spark and an append to Iceberg, which check nothing.
 */
public final class IngestBench {

  private static final String EMPTY = "ingest_empty";
  private static final String AFP_STATE = "afp_side";
  private static final String HAND_STATE = "hand_side";
  private static final String TABLE = "raw.lineitem";

  private final Lake lake;
  private final Path work;
  private final String partition;

  private IngestBench(Lake lake, Path work, String partition) {
    this.lake = lake;
    this.work = work;
    this.partition = partition;
  }

  /**
   * The arguments are the folder of the work, what is measured, and the folder of a copy of
   * lineitem: {@code pairs FOLDER PAIRS}, or {@code heap FOLDER} for one ingest. Behind them may be
   * what the tables are partitioned by, such as {@code month(l_shipdate)}.
   */
  public static void main(String[] args) {
    try (SparkSession spark = SparkSession.builder().appName("ingest").getOrCreate()) {
      Path work = Path.of(args[0]).toAbsolutePath();
      String partition = args.length > 4 ? args[4] : "";
      IngestBench bench = new IngestBench(new Lake(spark, work.resolve("lake")), work, partition);
      bench.lake.startEmpty(EMPTY);
      Path files = Path.of(args[2]).toAbsolutePath();
      if (args[1].equals("heap")) {
        bench.heap(files);
      } else {
        bench.pairs(files, Integer.parseInt(args[3]));
      }
    }
  }

  private void pairs(Path files, int pairs) {
    Pairs measured = new Pairs("ingest, " + files.getFileName(), afp(files), hand(files));
    System.out.println(measured.measure(pairs, this::requireSame).row());
    lake.steps(AFP_STATE).forEach(step -> System.err.println("AFP: " + step + " s"));
  }

  /**
   * Both sides have the rows that obey. By hand, one that does not is in the table with a null for
   * what does not fit: AFP has it as a reject.
   */
  private void requireSame() {
    Dataset<Row> hand = lake.byHand(HAND_STATE).table(TABLE);
    SparkSession published = lake.published(AFP_STATE);
    SameRows.require(TABLE, published.table(TABLE), hand.na().drop());
    long expected = hand.count() - hand.na().drop().count();
    long rejects = expected == 0 ? 0 : published.table(TABLE + "__rejects").count();
    if (rejects != expected) {
      throw new IllegalStateException(
          "Cannot compare times: AFP has not rejected what does not fit (rejects=%d, expected=%d)"
              .formatted(rejects, expected));
    }
  }

  private void heap(Path files) {
    Pairs.Side afp = afp(files);
    afp.prepare();
    long start = System.nanoTime();
    try (HeapPeak peak = HeapPeak.start()) {
      afp.run();
      System.out.printf(
          "| %s | %,d MB | %.0f s | %,d MB | %,d MB |%n",
          files.getParent().getFileName() + "/" + files.getFileName(),
          bytes(files) >> 20,
          (System.nanoTime() - start) / 1e9,
          peak.bytes() >> 20,
          Runtime.getRuntime().maxMemory() >> 20);
    }
  }

  private static long bytes(Path folder) {
    try (var files = Files.list(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Pairs.Side afp(Path files) {
    Path pipeline = declared(files);
    Job job = Job.of("afp-ingestion", Phase.values());
    return new Pairs.Side() {
      @Override
      public void prepare() {
        lake.copy(EMPTY, AFP_STATE);
      }

      @Override
      public void run() {
        lake.run(job, Lake.with(pipeline));
      }
    };
  }

  /** The pipeline with the one table: a contract on all sixteen columns. */
  private Path declared(Path files) {
    String columns =
        Copy.CLEAN.columns().entrySet().stream()
            .map(c -> "  %s: { type: \"%s\", required: true }".formatted(c.getKey(), c.getValue()))
            .collect(Collectors.joining("\n"));
    String table =
        """
        from: { files: "%s/*", format: %s }
        columns:
        %s
        partition_by: [%s]
        rejects: { at_most: 2%% }
        """
            .formatted(files, Copy.of(files).format(), columns, quoted(partition));
    try {
      Path pipeline = work.resolve("pipeline");
      Path tables = Files.createDirectories(pipeline.resolve("tables/raw"));
      Files.writeString(pipeline.resolve("pipeline.yaml"), "pipeline: ingest\n");
      Files.writeString(tables.resolve("lineitem.yaml"), table);
      return pipeline;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String quoted(String text) {
    return text.isEmpty() ? "" : '"' + text + '"';
  }

  /** In the words of Spark's SQL. */
  private String partitioned() {
    return partition.isEmpty()
        ? ""
        : "PARTITIONED BY (%s)".formatted(partition.replaceAll("^(year|month|day)\\(", "$1s("));
  }

  private Pairs.Side hand(Path files) {
    return new Pairs.Side() {
      private SparkSession session;

      @Override
      public void prepare() {
        lake.copy(EMPTY, HAND_STATE);
        session = lake.byHand(HAND_STATE);
        session.conf().set("spark.sql.legacy.timeParserPolicy", "CORRECTED"); // a bad day is null
        session.sql("CREATE NAMESPACE raw");
        session.sql(
            "CREATE TABLE %s (%s) USING iceberg %s"
                .formatted(TABLE, Copy.CLEAN.schema(), partitioned()));
      }

      @Override
      public void run() {
        try {
          DataFrameReader reader =
              session
                  .read()
                  .schema(Copy.CLEAN.schema())
                  .option("header", true)
                  .option("multiLine", Copy.of(files) == Copy.ARRAYS);
          Dataset<Row> rows =
              Copy.of(files).isJson()
                  ? reader.json(files.toString())
                  : reader.csv(files.toString());
          rows.writeTo(TABLE).append();
        } catch (Exception e) { // that the table is not there is a checked one
          throw new IllegalStateException(e);
        }
      }
    };
  }
}
