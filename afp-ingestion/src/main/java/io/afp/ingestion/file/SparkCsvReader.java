package io.afp.ingestion.file;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.replace;
import static org.apache.spark.sql.functions.when;

import io.afp.core.definition.CsvDetails;
import io.afp.core.definition.FileSourceDef;
import io.afp.core.lake.RawRows;
import io.afp.ingestion.file.Layout.Field;
import io.afp.ingestion.text.Compression;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * CSV by Spark's parser, every field a text. Fields are found by the name in the header, so files
 * may order them differently. A file is read by one task, because only who reads it from its start
 * knows which line ends are within quotes.
 */
final class SparkCsvReader implements FileReader {

  /** What no text is: then an empty one within quotes is not null. */
  static final String NO_VALUE = "\uFDD1";

  private final SparkSession session;
  private final FileSourceDef source;
  private final CsvForm form;
  private final List<String> columns;
  private final Map<String, CompressionCodecFactory> codecs = new HashMap<>();

  SparkCsvReader(SparkSession session, FileSourceDef source, List<String> columns) {
    this.session = session;
    this.source = source;
    this.form = CsvForm.of(source);
    this.columns = columns;
  }

  @Override
  public List<Layout> layouts(List<String> addresses) {
    CsvHeader headers = new CsvHeader(hadoop(), form);
    return Layouts.of(
        addresses, address -> names(headers, address).stream().map(Field::text).toList());
  }

  private List<String> names(CsvHeader headers, String address) {
    return source.csv().header()
        ? headers.fields(address)
        : headers.fieldsByPlace(address, columns);
  }

  private Configuration hadoop() {
    return session.sparkContext().hadoopConfiguration();
  }

  @Override
  public Dataset<Row> rows(Layout layout) {
    Map<String, List<String>> byEnding = new LinkedHashMap<>();
    for (String address : layout.addresses()) {
      byEnding.computeIfAbsent(ending(address), e -> new ArrayList<>()).add(address);
    }
    List<String> names = source.csv().header() ? layout.names() : columns;
    return byEnding.entrySet().stream()
        .map(e -> rows(names, e.getKey(), e.getValue()))
        .reduce(Dataset::union)
        .orElseThrow();
  }

  /** The end of a name by which the codec is found, so short that many files have the same. */
  private String ending(String address) {
    String name = new Path(address).getName();
    int point = name.lastIndexOf('.');
    try {
      if (Compression.of(name) != Compression.NONE) {
        point = name.lastIndexOf('.', point - 1);
      }
    } catch (IOException e) {
      throw FileFailures.broken(address, e);
    }
    String ending = point > 0 ? name.substring(point) : name.substring(name.length() - 1);
    return isFound(name, ending) ? ending : wholeButFirst(address, name);
  }

  private String wholeButFirst(String address, String name) {
    String ending = name.substring(1);
    if (!isFound(name, ending)) {
      throw FileFailures.broken(address, new IOException("its name has no ending; call it .csv"));
    }
    return ending;
  }

  private boolean isFound(String name, String ending) {
    return !ending.isEmpty()
        && codecs.computeIfAbsent(ending, this::codecs).getCodec(new Path("/" + name))
            instanceof CsvCodec;
  }

  private CompressionCodecFactory codecs(String ending) {
    Configuration conf = new Configuration(hadoop());
    CsvCodec.options(ending, source.csv(), form, 0).forEach(conf::set);
    return new CompressionCodecFactory(conf);
  }

  private Dataset<Row> rows(List<String> names, String ending, List<String> files) {
    StructType schema = new StructType();
    for (String name : names) {
      schema = schema.add(name, DataTypes.StringType);
    }
    Dataset<Row> rows =
        session
            .read()
            .schema(schema.add(RawRows.MALFORMED, DataTypes.StringType))
            .options(CsvCodec.options(ending, source.csv(), form, names.size()))
            .options(dialect())
            .option("columnNameOfCorruptRecord", RawRows.MALFORMED)
            .option("ignoreCorruptFiles", false)
            .option("ignoreMissingFiles", false)
            .csv(SourceFiles.escaped(files));
    List<Column> selected = new ArrayList<>();
    names.forEach(name -> selected.add(RawRows.field(name)));
    selected.add(restored(col(RawRows.MALFORMED), names.size()).as(RawRows.MALFORMED));
    selected.add(FileColumn.of(files).as(RawRows.FILE));
    return rows.select(selected.toArray(Column[]::new));
  }

  Map<String, String> dialect() {
    CsvDetails details = source.csv().details();
    Map<String, String> options = new HashMap<>();
    options.put("header", "false"); // the codec has read over it; Spark would log its names
    options.put("delimiter", form.delimiter().replace("\\", "\\\\"));
    options.put("quote", String.valueOf(form.quote()));
    options.put("escape", String.valueOf(form.escape()));
    options.put("comment", String.valueOf(form.comment()));
    options.put("encoding", "UTF-8");
    options.put("ignoreLeadingWhiteSpace", Boolean.toString(form.ignoresLeading()));
    options.put("ignoreTrailingWhiteSpace", Boolean.toString(details.ignoreTrailingWhiteSpace()));
    options.put("maxColumns", Integer.toString(2 * CsvForm.MOST_FIELDS + 2)); // with the guard's
    options.put("multiLine", "true"); // else a value with a line end is cut, its rest a row
    options.put("mode", "PERMISSIVE");
    if (!form.text().lineSep().isEmpty()) {
      options.put("lineSep", form.text().lineSep());
    }
    details
        .emptyValue()
        .ifPresent(
            text -> {
              options.put("emptyValue", text);
              options.put("nullValue", NO_VALUE);
            });
    return options;
  }

  /** Spark leaves a line end there that is not the usual one. */
  private Column withoutEnd(Column record) {
    String end = form.text().lineSep();
    return end.isEmpty()
        ? record
        : when(record.endsWith(end), record.substr(lit(1), length(record).minus(1)))
            .otherwise(record);
  }

  /** The text of a record without what the guard put in. */
  private Column restored(Column record, int fields) {
    CsvForm.Spoiling spoiling = form.spoiling(fields);
    Column plain = replace(withoutEnd(record), lit(spoiling.ofPlain()), lit(""));
    return replace(plain, lit(spoiling.ofQuoted()), lit(""));
  }
}
