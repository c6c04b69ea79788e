package io.afp.ingestion.file;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.rtrim;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.TableDef;
import io.afp.core.error.AfpException;
import io.afp.core.lake.RawRows;
import io.afp.core.spi.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * CSV files, plain or compressed, every field a string. Fields are found by the name in the header,
 * so files may order them differently; a file without the header that it should have is broken.
 * Quotes are those of RFC 4180: within them, delimiters and line ends are text, and a quote is
 * doubled. So a file is read by one task.
 *
 * @param addresses of the files
 * @param columns the names of the fields: those that a file must have, and, without a header, all
 *     of them in order
 */
public record CsvSource(
    List<String> addresses, List<String> columns, boolean header, String delimiter)
    implements Source {

  public CsvSource {
    addresses = List.copyOf(addresses);
    columns = List.copyOf(columns);
  }

  /**
   * The CSV files of a pattern that are there now, with a header and commas.
   *
   * @param pattern a path or glob, in any file system that Hadoop knows
   * @param contract whose columns the files must have
   * @throws AfpException if there is no file
   */
  public static CsvSource csv(String pattern, TableDef contract) {
    List<String> fields =
        contract.sourceColumns().stream()
            .filter(c -> c.expr().isEmpty())
            .map(ColumnDef::name)
            .toList();
    return new CsvSource(SourceFiles.addresses(pattern), fields, true, ",");
  }

  @Override
  public RawRows read(SparkSession session) {
    CsvHeader headers = headers(session);
    return read(session, grouped(file -> header ? headers.fields(file, columns) : columns));
  }

  private CsvHeader headers(SparkSession session) {
    return new CsvHeader(session.sparkContext().hadoopConfiguration(), delimiter);
  }

  private Map<List<String>, List<String>> grouped(Function<String, List<String>> fieldsOf) {
    Map<List<String>, List<String>> byFields = new LinkedHashMap<>();
    for (String address : addresses) {
      byFields.computeIfAbsent(fieldsOf.apply(address), f -> new ArrayList<>()).add(address);
    }
    return byFields;
  }

  /**
   * The files by the fields that they have; without a header by the number of fields in their first
   * lines.
   */
  Map<List<String>, List<String>> byFields(SparkSession session) {
    CsvHeader headers = headers(session);
    return grouped(file -> header ? headers.fields(file) : headers.fieldsByPlace(file, columns));
  }

  /**
   * The rows of files that have these fields: a file need not have all columns.
   *
   * @param byFields as {@link #byFields} gives it
   */
  RawRows read(SparkSession session, Map<List<String>, List<String>> byFields) {
    Map<List<String>, List<String>> groups = header ? byFields : Map.of(columns, addresses);
    Dataset<Row> rows =
        groups.entrySet().stream()
            .map(e -> read(session, e.getKey(), e.getValue()))
            .reduce((a, b) -> a.unionByName(b, true))
            .orElseThrow(() -> new IllegalArgumentException("no files"));
    return new RawRows(rows, Optional.empty());
  }

  private Dataset<Row> read(SparkSession session, List<String> fields, List<String> files) {
    StructType schema = new StructType();
    for (String field : fields) {
      schema = schema.add(field, DataTypes.StringType);
    }
    Dataset<Row> rows =
        session
            .read()
            .schema(schema.add(RawRows.MALFORMED, DataTypes.StringType))
            .option("header", header)
            .option("delimiter", delimiter)
            .option("escape", "\"") // a quote within quotes is doubled, as in RFC 4180
            .option("multiLine", true) // else a value with a line end is cut, and its rest is a row
            .option("mode", "PERMISSIVE")
            .option("columnNameOfCorruptRecord", RawRows.MALFORMED)
            .csv(files.stream().map(SourceFiles::escape).toArray(String[]::new));
    List<Column> selected = new ArrayList<>();
    fields.forEach(name -> selected.add(col("`" + name + "`")));
    int last = fields.size() - 1;
    selected.set(last, rtrim(selected.get(last), "\r").as(fields.get(last))); // of mixed line ends
    selected.add(col(RawRows.MALFORMED));
    selected.add(file(files).as(RawRows.FILE));
    return rows.select(selected.toArray(Column[]::new));
  }

  /** The address as it was given; Spark has it as a URI, with blanks and others encoded. */
  private static Column file(List<String> files) {
    Column path = col("_metadata.file_path");
    List<Column> encoded = new ArrayList<>();
    for (String file : files) {
      String uri = new Path(file).toUri().toString();
      if (!uri.equals(file)) {
        encoded.addAll(List.of(lit(uri), lit(file)));
      }
    }
    return encoded.isEmpty()
        ? path
        : coalesce(element_at(map(encoded.toArray(Column[]::new)), path), path);
  }
}
