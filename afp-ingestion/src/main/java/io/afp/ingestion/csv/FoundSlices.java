package io.afp.ingestion.csv;

import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/** Files that are there, and their slices, which are found once for all reads of them. */
final class FoundSlices {

  private final CsvFormat format;
  private final List<FoundFile> files;
  private long most;
  private List<CsvSlice> slices;

  FoundSlices(CsvFormat format, List<FoundFile> files) {
    this.format = format;
    this.files = List.copyOf(files);
  }

  List<FoundFile> files() {
    return files;
  }

  /**
   * The slices.
   *
   * @param size of the largest, about, in bytes
   */
  synchronized List<CsvSlice> of(
      SparkSession session, Broadcast<SerializableConfiguration> hadoop, long size) {
    if (slices == null || most != size) {
      CsvSplits splits = new CsvSplits(format, new TaskScans(session, format, hadoop), size);
      slices = files.stream().flatMap(file -> splits.of(file).stream()).toList();
      most = size;
    }
    return slices;
  }
}
