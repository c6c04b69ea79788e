package io.afp.bench.ingest;

import io.afp.bench.transform.Lake;
import io.afp.bench.transform.Pairs;
import io.afp.bench.transform.SameRows;
import io.afp.bench.transform.TpchTables;
import io.afp.core.job.Job;
import io.afp.core.ledger.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
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

  private IngestBench(Lake lake, Path work) {
    this.lake = lake;
    this.work = work;
  }

  /**
   * The arguments are the folder of the work and what is measured: {@code clean PAIRS}, {@code bad
   * PAIRS}, or {@code heap FOLDER} for one ingest of the files in that folder.
   */
  public static void main(String[] args) {
    try (SparkSession spark = SparkSession.builder().appName("ingest").getOrCreate()) {
      Path work = Path.of(args[0]).toAbsolutePath();
      IngestBench bench = new IngestBench(new Lake(spark, work.resolve("lake")), work);
      bench.lake.startEmpty(EMPTY);
      if (args[1].equals("heap")) {
        bench.heap(Path.of(args[2]).toAbsolutePath());
      } else {
        bench.pairs(args[1], Integer.parseInt(args[2]));
      }
    }
  }

  private void pairs(String variant, int pairs) {
    Path files = work.resolve("files").resolve(variant);
    Pairs measured = new Pairs("lineitem, " + variant, afp(files), hand(files));
    Runnable compared = variant.equals("clean") ? this::requireSame : () -> {};
    System.out.println(measured.measure(pairs, compared).row());
    lake.steps(AFP_STATE).forEach(step -> System.err.println("AFP: " + step + " s"));
  }

  private void requireSame() {
    SameRows.require(
        TABLE, lake.published(AFP_STATE).table(TABLE), lake.byHand(HAND_STATE).table(TABLE));
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
        TpchTables.columns("lineitem").entrySet().stream()
            .map(c -> "  %s: { type: \"%s\", required: true }".formatted(c.getKey(), c.getValue()))
            .collect(Collectors.joining("\n"));
    String table =
        """
        from: { files: "%s/*", format: csv }
        columns:
        %s
        rejects: { at_most: 2%% }
        """
            .formatted(files, columns);
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

  private Pairs.Side hand(Path files) {
    return new Pairs.Side() {
      private SparkSession session;

      @Override
      public void prepare() {
        lake.copy(EMPTY, HAND_STATE);
        session = lake.byHand(HAND_STATE);
        session.sql("CREATE NAMESPACE raw");
        session.sql("CREATE TABLE %s (%s) USING iceberg".formatted(TABLE, schema()));
      }

      @Override
      public void run() {
        try {
          session
              .read()
              .schema(schema())
              .option("header", true)
              .csv(files.toString())
              .writeTo(TABLE)
              .append();
        } catch (Exception e) { // that the table is not there is a checked one
          throw new IllegalStateException(e);
        }
      }
    };
  }

  private static String schema() {
    Map<String, String> columns = TpchTables.columns("lineitem");
    return columns.entrySet().stream()
        .map(c -> c.getKey() + " " + c.getValue().replace("long", "bigint"))
        .collect(Collectors.joining(", "));
  }
}
