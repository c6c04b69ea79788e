package io.afp.ingestion.file;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;

import io.afp.core.lake.Lookup;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;

/** Which file a row that Spark has read is from. */
final class FileColumn {

  private FileColumn() {}

  /** The address as it was given; Spark has it as a URI, with blanks and others encoded. */
  static Column of(List<String> addresses) {
    Column path = col("_metadata.file_path");
    Map<String, String> encoded = new HashMap<>();
    for (String address : addresses) {
      String uri = new Path(address).toUri().toString();
      if (!uri.equals(address)) {
        encoded.put(uri, address);
      }
    }
    return encoded.isEmpty() ? path : coalesce(Lookup.in(encoded, path), path);
  }
}
