package io.afp.core.lake;

import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.Table;

/** The files that a commit has left, and the fewest that could hold its bytes. */
record ManyFiles(int left, int fewest) {

  /** Of the newest commit to a table. */
  static ManyFiles of(Table table) {
    long full = Long.parseLong(table.properties().get("write.target-file-size-bytes"));
    Map<String, Long> bytes = new TreeMap<>();
    int left = 0;
    for (DataFile file : SnapshotChanges.builderFor(table).build().addedDataFiles()) {
      bytes.merge(
          table.spec().partitionToPath(file.partition()), file.fileSizeInBytes(), Long::sum);
      left++;
    }
    int fewest = bytes.values().stream().mapToInt(b -> (int) ((b + full - 1) / full)).sum();
    return new ManyFiles(left, fewest);
  }

  double ratio() {
    return left / (double) Math.max(1, fewest);
  }
}
