package io.afp.ingestion.file;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.FileSourceDef;
import io.afp.core.error.AfpException;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads files of one format. */
interface FileReader {

  /**
   * The reader of a source.
   *
   * @param columns the fields that are declared to be read, in order
   * @param typed those whose types are known, for a reader that can parse their texts
   */
  static FileReader of(
      SparkSession session, FileSourceDef source, List<String> columns, List<ColumnDef> typed) {
    return switch (source.format()) {
      case CSV ->
          CsvReader.of(session, source, columns, typed)
              .orElseGet(() -> new SparkCsvReader(session, source, columns));
      case JSON, JSONL -> new JsonReader(session, source);
      case PARQUET, AVRO, ORC -> new TypedReader(session, source.format());
    };
  }

  /**
   * The files by their fields; reads no more of a file than says which it has. A file of JSON
   * without an object says nothing, and is in none.
   *
   * @throws AfpException if a file is broken, or names a field twice
   */
  List<Layout> layouts(List<String> addresses);

  /** The same of a first look: of long files without a schema only the beginning is read. */
  default List<Layout> firstLayouts(List<String> addresses) {
    return layouts(addresses);
  }

  /**
   * What is read at once.
   *
   * @param layouts those of the files
   * @param addresses of all files
   */
  default List<Layout> scans(List<Layout> layouts, List<String> addresses) {
    return layouts;
  }

  /** The rows of files that have these fields, with what {@code RawRows} asks for beside them. */
  Dataset<Row> rows(Layout layout);
}
