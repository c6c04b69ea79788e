package io.afp.ingestion.file;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.CsvParser;
import io.afp.core.definition.FileSourceDef;
import io.afp.core.lake.RawRows;
import io.afp.ingestion.csv.About;
import io.afp.ingestion.csv.CsvColumn;
import io.afp.ingestion.csv.CsvFormat;
import io.afp.ingestion.csv.CsvReading;
import io.afp.ingestion.csv.CsvText;
import io.afp.ingestion.csv.FoundFile;
import io.afp.ingestion.file.Layout.Field;
import io.afp.ingestion.text.FieldNames;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * CSV by AFP's own parser: fields of the columns whose types are known have these types, and what
 * is no value is told with its text. Fields are found by the name in the header, so files may order
 * them differently.
 */
final class CsvReader implements FileReader {

  private final SparkSession session;
  private final FileSourceDef source;
  private final CsvFormat format;
  private final List<String> columns;
  private final List<ColumnDef> typed;

  private CsvReader(
      SparkSession session,
      FileSourceDef source,
      CsvFormat format,
      List<String> columns,
      List<ColumnDef> typed) {
    this.session = session;
    this.source = source;
    this.format = format;
    this.columns = columns;
    this.typed = typed;
  }

  /** The reader of a source; empty if it is to be read by Spark's parser, or only that can. */
  static Optional<FileReader> of(
      SparkSession session, FileSourceDef source, List<String> columns, List<ColumnDef> typed) {
    return CsvFormat.of(source)
        .filter(format -> source.csv().parser() == CsvParser.AFP)
        .map(format -> new CsvReader(session, source, format, columns, typed));
  }

  @Override
  public List<Layout> layouts(List<String> addresses) {
    Map<String, FoundFile> found = new HashMap<>();
    found(addresses).forEach(file -> found.put(file.address(), file));
    return layouts(addresses, found::get);
  }

  /**
   * Of some files of a large folder; to list it once more would take longer than to ask for them.
   */
  @Override
  public List<Layout> firstLayouts(List<String> addresses) {
    return layouts(addresses, address -> found(List.of(address)).get(0));
  }

  private List<Layout> layouts(List<String> addresses, Function<String, FoundFile> found) {
    CsvText text = new CsvText(hadoop(), format);
    return Layouts.of(
        addresses, address -> names(text, found.apply(address)).stream().map(Field::text).toList());
  }

  private List<String> names(CsvText text, FoundFile file) {
    List<String> first = firstRecord(text, file);
    return format.header()
        ? FieldNames.of(file.address(), first)
        : CsvHeader.byPlace(first.size(), columns);
  }

  private static List<String> firstRecord(CsvText text, FoundFile file) {
    try {
      return text.firstRecord(file);
    } catch (IOException e) {
      throw FileFailures.broken(file.address(), e);
    }
  }

  private Configuration hadoop() {
    return session.sparkContext().hadoopConfiguration();
  }

  @Override
  public Dataset<Row> rows(Layout layout) {
    List<String> names = format.header() ? layout.names() : columns;
    Map<String, List<ColumnDef>> readers =
        typed.stream().collect(Collectors.groupingBy(ColumnDef::field));
    List<CsvColumn> fields =
        names.stream().map(name -> column(name, readers.getOrDefault(name, List.of()))).toList();
    return new CsvReading(
            format, fields, about(), typed.isEmpty() ? List.of() : source.nullValues())
        .rows(session, found(layout.addresses()));
  }

  /** A field that several columns are read from is left to the contract, as a text. */
  private static CsvColumn column(String field, List<ColumnDef> readers) {
    return readers.size() == 1 ? CsvColumn.of(readers.get(0)) : CsvColumn.text(field);
  }

  /** Texts without types are left to the contract, null values too. */
  private Map<String, About> about() {
    Map<String, About> about = new LinkedHashMap<>();
    about.put(RawRows.FILE, About.FILE);
    about.put(RawRows.LINE, About.LINE);
    about.put(RawRows.OFFSET, About.OFFSET);
    about.put(RawRows.MALFORMED, About.MALFORMED);
    if (!typed.isEmpty()) {
      about.put(RawRows.TEXTS, About.TEXTS);
      about.put(RawRows.REASONS, About.REASONS);
    }
    return about;
  }

  private List<FoundFile> found(List<String> addresses) {
    return new FileListing(hadoop()).found(addresses);
  }
}
