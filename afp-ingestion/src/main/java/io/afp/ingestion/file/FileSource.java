package io.afp.ingestion.file;

import static org.apache.spark.sql.functions.col;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.FileFormat;
import io.afp.core.definition.FileSourceDef;
import io.afp.core.definition.TableDef;
import io.afp.core.error.AfpException;
import io.afp.core.lake.Lookup;
import io.afp.core.lake.RawRows;
import io.afp.core.spi.RawSource;
import io.afp.ingestion.text.FieldNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;

/**
 * Files of any format. Fields are found by their names, in any case and order.
 *
 * @param definition how the files are read; its pattern is not used
 * @param addresses of the files
 * @param columns the fields by their names as they are compared: those that a file must have, and,
 *     in CSV without a header, all of them in order
 */
public record FileSource(FileSourceDef definition, List<String> addresses, List<String> columns)
    implements RawSource {

  public FileSource {
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
  public static FileSource csv(String pattern, TableDef contract) {
    return of(FileSourceDef.of(pattern, FileFormat.CSV), contract);
  }

  /** The files of a pattern with objects of JSON, over any number of lines, or in arrays. */
  public static FileSource json(String pattern, TableDef contract) {
    return of(FileSourceDef.of(pattern, FileFormat.JSON), contract);
  }

  /** The files of a pattern with an object of JSON a line. */
  public static FileSource jsonl(String pattern, TableDef contract) {
    return of(FileSourceDef.of(pattern, FileFormat.JSONL), contract);
  }

  /** The Parquet files of a pattern. */
  public static FileSource parquet(String pattern, TableDef contract) {
    return of(FileSourceDef.of(pattern, FileFormat.PARQUET), contract);
  }

  /** The Avro files of a pattern. */
  public static FileSource avro(String pattern, TableDef contract) {
    return of(FileSourceDef.of(pattern, FileFormat.AVRO), contract);
  }

  /** The ORC files of a pattern. */
  public static FileSource orc(String pattern, TableDef contract) {
    return of(FileSourceDef.of(pattern, FileFormat.ORC), contract);
  }

  /**
   * The files of a definition's pattern that are there now, read as it says.
   *
   * @throws AfpException if there is no file
   */
  public static FileSource of(FileSourceDef definition, TableDef contract) {
    return new FileSource(definition, SourceFiles.addresses(definition.files()), contract.fields());
  }

  /** The rows of the files, which must have all columns; JSON may leave out what is null. */
  @Override
  public RawRows read(SparkSession session) {
    List<Layout> layouts = layouts(session);
    if (definition.namesColumns() && !definition.format().isJson()) {
      layouts.forEach(this::requireColumns);
    }
    return read(session, layouts);
  }

  private void requireColumns(Layout layout) {
    List<String> missing = columns.stream().filter(c -> !layout.names().contains(c)).toList();
    if (!missing.isEmpty()) {
      throw FieldNames.wrong(
          layout.addresses().get(0),
          "its header lacks columns: missing=%s, found=%,d others"
              .formatted(missing, layout.names().size() - columns.size() + missing.size()));
    }
  }

  /** The files by the fields that they have; no more is read than says it. */
  List<Layout> layouts(SparkSession session) {
    return reader(session, List.of()).layouts(addresses);
  }

  /** The same of a first look, which may miss what comes late in a file. */
  List<Layout> firstLayouts(SparkSession session) {
    return reader(session, List.of()).firstLayouts(addresses);
  }

  /** The rows of the files, which have these fields, whichever of the columns they have. */
  RawRows read(SparkSession session, List<Layout> layouts) {
    return read(session, layouts, List.of());
  }

  /**
   * The rows of files with these fields.
   *
   * @param typed the columns whose texts the reader may parse
   */
  RawRows read(SparkSession session, List<Layout> layouts, List<ColumnDef> typed) {
    FileReader reader = reader(session, typed);
    Map<String, DataType> types = CommonTypes.of(layouts);
    Dataset<Row> rows =
        reader.scans(layouts, addresses).stream()
            .map(layout -> cast(reader.rows(layout), types))
            .reduce((a, b) -> a.unionByName(b, true))
            .orElseThrow(() -> new IllegalArgumentException("no files"));
    return new RawRows(withFields(rows, layouts), Optional.empty());
  }

  /** Says of each row which fields its file had, where not all have the same. */
  private Dataset<Row> withFields(Dataset<Row> rows, List<Layout> layouts) {
    boolean differ = layouts.stream().map(each -> Set.copyOf(each.names())).distinct().count() > 1;
    if (!differ || !definition.namesColumns()) {
      return rows;
    }
    Map<String, String[]> fields = new HashMap<>();
    for (Layout layout : layouts) {
      String[] names = layout.names().toArray(String[]::new);
      layout.addresses().forEach(address -> fields.put(address, names));
    }
    return rows.withColumn(RawRows.FIELDS, Lookup.in(fields, col(RawRows.FILE)));
  }

  private static Dataset<Row> cast(Dataset<Row> rows, Map<String, DataType> types) {
    List<Column> columns = new ArrayList<>();
    for (String name : rows.columns()) {
      Column column = RawRows.field(name);
      columns.add(
          types.containsKey(name)
              ? CommonTypes.cast(column, rows.schema().apply(name).dataType(), types.get(name))
                  .as(name)
              : column);
    }
    return rows.select(columns.toArray(Column[]::new));
  }

  private FileReader reader(SparkSession session, List<ColumnDef> typed) {
    return FileReader.of(session, definition, columns, typed);
  }

  /** The first file that can't be read to its end; reads them all, if need be. */
  Optional<String> firstBroken(SparkSession session, List<Layout> layouts) {
    FileReader reader = reader(session, List.of());
    for (Layout layout : reader.scans(layouts, addresses)) {
      for (String address : layout.addresses()) {
        if (!isWhole(reader.rows(new Layout(layout.fields(), List.of(address))))) {
          return Optional.of(address);
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isWhole(Dataset<Row> rows) {
    try {
      rows.write().format("noop").mode("overwrite").save();
      return true;
    } catch (Exception e) { // in whatever way; what fails is the read
      return false;
    }
  }
}
