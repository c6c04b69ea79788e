package io.afp.ingestion.file;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;

/** Which file a row that Spark has read is from. */
final class FileColumn {

  private FileColumn() {}

  /** The address as it was given; Spark has it as a URI, with blanks and others encoded. */
  static Column of(List<String> addresses) {
    Column path = col("_metadata.file_path");
    List<Column> encoded = new ArrayList<>();
    for (String address : addresses) {
      String uri = new Path(address).toUri().toString();
      if (!uri.equals(address)) {
        encoded.addAll(List.of(lit(uri), lit(address)));
      }
    }
    return encoded.isEmpty()
        ? path
        : coalesce(element_at(map(encoded.toArray(Column[]::new)), path), path);
  }
}
