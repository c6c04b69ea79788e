package io.afp.core.lake;

import java.math.BigInteger;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.execution.datasources.binaryfile.BinaryFileFormat;
import scala.collection.JavaConverters;

/**
 * How much is read by a load, which says how many tasks are to write it: as many as keep all cores
 * busy, if each leaves no tiny file.
 *
 * @param bytes of the files that are read; 0 where that is not known
 */
record LoadSize(long bytes, long targetFileSize, int cores) {

  /**
   * How many bytes of files a core gets at least for each byte of a full file: what becomes half a
   * file, where Parquet is a quarter of it.
   */
  private static final int READ_BY_A_CORE = 2;

  /** That of rows that are made of all rows of files, but for some. */
  static LoadSize of(Dataset<Row> rows, long targetFileSize) {
    SparkSession session = rows.sparkSession();
    return new LoadSize(bytes(rows), targetFileSize, session.sparkContext().defaultParallelism());
  }

  /**
   * How many tasks write, where a row may lie in any file. Those of small files are one or none:
   * they are read in parallel, and then come together.
   */
  long tasks() {
    long ofCores = Math.min(cores, bytes / (READ_BY_A_CORE * targetFileSize));
    long full = TableLayout.task(targetFileSize);
    return Math.max(ofCores, bytes / full + (bytes % full > 0 ? 1 : 0));
  }

  /**
   * How many bytes of a shuffle a task gets of a partition, at most: so large partitions are cut,
   * in all no more often than there are cores, and small ones are not.
   */
  long task() {
    long full = TableLayout.task(targetFileSize);
    long even = bytes / cores + 1;
    return bytes == 0 ? full : Math.min(full, Math.max(READ_BY_A_CORE * targetFileSize, even));
  }

  private static long bytes(Dataset<Row> rows) {
    List<LogicalPlan> leaves =
        JavaConverters.seqAsJavaList(rows.queryExecution().analyzed().collectLeaves());
    if (leaves.stream().anyMatch(LoadSize::isReadWhole)) {
      return 0;
    }
    BigInteger unknown =
        BigInteger.valueOf(rows.sparkSession().sessionState().conf().defaultSizeInBytes());
    BigInteger all = leaves.stream().map(LoadSize::bytes).reduce(BigInteger.ZERO, BigInteger::add);
    return all.compareTo(unknown) < 0 ? all.longValueExact() : 0;
  }

  /** Whether a row is a file, such as one of JSON, whose objects are only found behind it. */
  private static boolean isReadWhole(LogicalPlan leaf) {
    return leaf instanceof LogicalRelation read
        && read.relation() instanceof HadoopFsRelation files
        && files.fileFormat() instanceof BinaryFileFormat;
  }

  private static BigInteger bytes(LogicalPlan leaf) {
    return leaf.stats().sizeInBytes().bigInteger();
  }
}
