package io.afp.core.lake;

import io.afp.core.definition.LayoutDef.Distribution;
import io.afp.core.definition.TableDef;
import java.math.BigInteger;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import scala.collection.JavaConverters;

/**
 * Reads files in as few tasks as are to write them, so that nothing is shuffled: of a table whose
 * rows may lie in any file, where the size of what is read says how much is written.
 */
public final class UnshuffledLoad {

  /**
   * How many bytes of files a core gets at least for each byte of a full file: what becomes half a
   * file, where Parquet is a quarter of it.
   */
  private static final int READ_BY_A_CORE = 2;

  private UnshuffledLoad() {}

  /**
   * The rows of files, out of few tasks where that is all that is needed, else as they are.
   *
   * @param rows made of all rows of the files, but for some
   */
  public static Dataset<Row> of(TableDef table, Dataset<Row> rows) {
    if (!mayLieAnywhere(table) || isShuffled(rows)) {
      return rows;
    }
    long tasks = tasks(read(rows), table.layout().targetFileSize(), cores(rows.sparkSession()));
    return tasks > 1 ? rows.coalesce((int) tasks) : rows;
  }

  /**
   * As many as keep all cores busy, if each leaves no tiny file, and no larger ones than others
   * have. Those of small files are one: they are read in parallel, and then come together.
   */
  static long tasks(long bytes, long targetFileSize, int cores) {
    long ofCores = Math.min(cores, bytes / (READ_BY_A_CORE * targetFileSize));
    long full = TableLayout.task(targetFileSize);
    return Math.max(ofCores, bytes / full + (bytes % full > 0 ? 1 : 0));
  }

  private static boolean mayLieAnywhere(TableDef table) {
    return table.partitionBy().isEmpty()
        && table.sortBy().isEmpty()
        && table.layout().distribution() == Distribution.HASH
        && !table.write().mode().merges();
  }

  private static boolean isShuffled(Dataset<Row> rows) {
    return rows.queryExecution().executedPlan() instanceof AdaptiveSparkPlanExec;
  }

  private static int cores(SparkSession session) {
    return session.sparkContext().defaultParallelism();
  }

  /** 0 where the size of a source is not known. */
  private static long read(Dataset<Row> rows) {
    BigInteger unknown =
        BigInteger.valueOf(rows.sparkSession().sessionState().conf().defaultSizeInBytes());
    BigInteger all =
        JavaConverters.seqAsJavaList(rows.queryExecution().optimizedPlan().collectLeaves()).stream()
            .map(UnshuffledLoad::bytes)
            .reduce(BigInteger.ZERO, BigInteger::add);
    return all.compareTo(unknown) < 0 ? all.longValueExact() : 0;
  }

  private static BigInteger bytes(LogicalPlan leaf) {
    return leaf.stats().sizeInBytes().bigInteger();
  }
}
