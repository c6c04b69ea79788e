package io.afp.core.lake;

import java.util.Optional;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.view.ViewMetadata;
import org.apache.iceberg.view.ViewMetadataParser;

/**
 * The metadata of a table, or of a view, which has no files but its metadata.
 *
 * @param file where it is
 * @param home the folder of the table, with a slash at its end, in its {@link ReachedFiles#normal}
 *     form
 */
record Metadata(String file, String home, Optional<TableMetadata> table) {

  static Metadata read(FileIO io, String location) {
    try {
      TableMetadata table = TableMetadataParser.read(io, location);
      return new Metadata(location, home(table.location()), Optional.of(table));
    } catch (IllegalArgumentException noTable) {
      ViewMetadata view = ViewMetadataParser.read(io.newInputFile(location));
      return new Metadata(location, home(view.location()), Optional.empty());
    }
  }

  /** The snapshot that readers see; -1 while a table has none. */
  static long currentSnapshot(TableMetadata table) {
    return table.currentSnapshot() == null ? -1 : table.currentSnapshot().snapshotId();
  }

  static String home(String location) {
    return ReachedFiles.normal(location) + "/";
  }
}
