package io.afp.ingestion;

import static org.apache.spark.sql.functions.col;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.TableDef;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.lake.RawRows;
import io.afp.core.spi.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * CSV files, plain or compressed, every field a string. Fields are found by the name in the header,
 * so files may order them differently; a file without the header that it should have is broken.
 *
 * @param addresses of the files
 * @param columns the names of the fields: those that a file must have, and, without a header, all
 *     of them in order
 */
public record CsvSource(
    List<String> addresses, List<String> columns, boolean header, String delimiter)
    implements Source {

  /** What some programs write before the first field. */
  private static final char BOM = '\uFEFF';

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
        contract.columns().stream().filter(c -> c.expr().isEmpty()).map(ColumnDef::name).toList();
    return new CsvSource(SourceFiles.addresses(pattern), fields, true, ",");
  }

  @Override
  public RawRows read(SparkSession session) {
    Configuration hadoop = session.sparkContext().hadoopConfiguration();
    Map<List<String>, List<String>> byFields = new LinkedHashMap<>();
    for (String address : addresses) {
      List<String> fields = header ? fields(hadoop, address) : columns;
      byFields.computeIfAbsent(fields, f -> new ArrayList<>()).add(address);
    }
    Dataset<Row> rows =
        byFields.entrySet().stream()
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
            .option("mode", "PERMISSIVE")
            .option("columnNameOfCorruptRecord", RawRows.MALFORMED)
            .option(
                "__globPaths__",
                false) // the files are found already; a name may look like a pattern
            .csv(files.toArray(String[]::new));
    List<Column> selected = new ArrayList<>();
    Arrays.stream(rows.columns()).forEach(name -> selected.add(col("`" + name + "`")));
    selected.add(col("_metadata.file_path").as(RawRows.FILE));
    return rows.select(selected.toArray(Column[]::new));
  }

  private List<String> fields(Configuration hadoop, String address) {
    String[] record = firstRecord(hadoop, address);
    if (record == null) {
      throw wrong(address, "it is empty");
    }
    List<String> fields = Arrays.stream(record).map(CsvSource::fieldName).toList();
    if (new HashSet<>(fields).size() < fields.size()) {
      throw wrong(address, "its header names a column twice: " + fields);
    }
    List<String> missing = columns.stream().filter(c -> !fields.contains(c)).toList();
    if (!missing.isEmpty()) {
      throw wrong(
          address, "its header lacks columns: missing=%s, found=%s".formatted(missing, fields));
    }
    return fields;
  }

  private static String fieldName(String text) {
    String name = text == null ? "" : text.strip().toLowerCase(Locale.ROOT);
    return !name.isEmpty() && name.charAt(0) == BOM ? name.substring(1) : name;
  }

  private String[] firstRecord(Configuration hadoop, String address) {
    CsvParserSettings settings = new CsvParserSettings();
    settings.getFormat().setDelimiter(delimiter);
    settings.setMaxColumns(20_480);
    CsvParser parser = new CsvParser(settings);
    try (InputStream in = open(hadoop, new Path(address))) {
      parser.beginParsing(new InputStreamReader(in, StandardCharsets.UTF_8));
      return parser.parseNext();
    } catch (IOException e) {
      throw FileFailures.broken(address, e);
    } finally {
      parser.stopParsing();
    }
  }

  private static InputStream open(Configuration hadoop, Path path) throws IOException {
    InputStream bytes = FileSystem.get(path.toUri(), hadoop).open(path);
    CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(path);
    return codec == null ? bytes : codec.createInputStream(bytes);
  }

  private static AfpException wrong(String address, String reason) {
    return new AfpException(
        ErrorCode.HEADER_WRONG,
        "Cannot read file %s: %s".formatted(address, reason),
        "Get a right file, or declare the columns as the file has them.");
  }

  /** Fields of the files that no column is declared for. */
  List<String> undeclared(RawRows raw) {
    return Arrays.stream(raw.rows().columns())
        .filter(name -> !name.startsWith("__") && !columns.contains(name))
        .toList();
  }
}
