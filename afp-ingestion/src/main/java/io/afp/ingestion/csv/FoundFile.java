package io.afp.ingestion.csv;

import io.afp.ingestion.text.Compression;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.SparkSession;

/**
 * A file that is there.
 *
 * @param status as it was listed: what opens it by this need not ask the store again
 */
public record FoundFile(FileStatus status) implements Serializable {

  /** How much larger a text is than its archive, about. */
  private static final int UNPACKED = 4;

  /** Files that are read whole, divided among tasks by the settings of Spark's file sources. */
  public static List<List<FoundFile>> divided(SparkSession session, List<FoundFile> files) {
    return SliceSizes.of(session, files)
        .packed(files.stream().map(CsvSlice::whole).toList())
        .stream()
        .map(task -> task.slices().stream().map(CsvSlice::file).toList())
        .toList();
  }

  /** As rows name it. */
  public String address() {
    return status.getPath().toString();
  }

  /** Its bytes. */
  public long size() {
    return status.getLen();
  }

  /** Whether its bytes are those of its text. */
  boolean isPlain() {
    try {
      return Compression.of(address()) == Compression.NONE;
    } catch (IOException e) {
      return false; // the read says so
    }
  }

  /** The bytes of its text, about. */
  long textSize() {
    return isPlain() ? size() : UNPACKED * size();
  }
}
