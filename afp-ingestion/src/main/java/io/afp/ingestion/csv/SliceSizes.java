package io.afp.ingestion.csv;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.internal.SQLConf;

/**
 * How much a task reads, by the settings of Spark's own file sources: large files are split, small
 * ones put together.
 *
 * @param most bytes that a task reads, about
 * @param opening what the opening of a file counts for, in bytes
 */
record SliceSizes(long most, long opening) {

  /** What is smaller is not split, because a file has to be scanned for that. */
  private static final long WORTH_IT = 32L << 20;

  static SliceSizes of(SparkSession session, List<FoundFile> files) {
    SQLConf conf = session.sessionState().conf();
    long opening = conf.filesOpenCostInBytes();
    long all = files.stream().mapToLong(file -> file.size() + opening).sum();
    long even = all / session.sparkContext().defaultParallelism();
    return new SliceSizes(
        Math.max(1, Math.min(conf.filesMaxPartitionBytes(), Math.max(WORTH_IT, even))), opening);
  }

  /** The slices, the largest first, as many in a partition as fit. */
  List<CsvPartition> packed(List<CsvSlice> slices) {
    List<CsvPartition> partitions = new ArrayList<>();
    List<CsvSlice> open = new ArrayList<>();
    long size = 0;
    List<CsvSlice> largestFirst =
        slices.stream().sorted(Comparator.comparingLong(CsvSlice::length).reversed()).toList();
    for (CsvSlice slice : largestFirst) {
      if (!open.isEmpty() && size + slice.length() > most) {
        partitions.add(new CsvPartition(List.copyOf(open)));
        open.clear();
        size = 0;
      }
      open.add(slice);
      size += slice.length() + opening;
    }
    if (!open.isEmpty()) {
      partitions.add(new CsvPartition(List.copyOf(open)));
    }
    return partitions;
  }
}
