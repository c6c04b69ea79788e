package io.afp.ingestion.csv;

import io.afp.core.definition.CsvBuilder;
import io.afp.core.definition.CsvDef;
import io.afp.core.definition.CsvDetails;
import io.afp.core.definition.TableDef;
import io.afp.core.lake.RawRows;
import io.afp.core.testing.TestSpark;
import io.afp.ingestion.file.FileSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Files of one dialect in a folder, read by a reader all at once. */
final class FilesRead {

  private final Path folder;
  private final List<GeneratedFile> files;
  private final Dialect dialect;

  /** Writes the files. */
  FilesRead(Path folder, List<GeneratedFile> files) {
    this.folder = folder;
    this.files = files;
    this.dialect = files.get(0).dialect();
    for (int i = 0; i < files.size(); i++) {
      try {
        Files.write(path(i), files.get(i).bytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private Path path(int file) {
    return folder.resolve("f%d.csv".formatted(file));
  }

  /** What AFP finds in each file. */
  List<List<Found>> byAfp(UnaryOperator<CsvBuilder> reader) {
    TableDef table = dialect.table(folder + "/*.csv", reader);
    FileSource source = FileSource.of(table.fileSource().orElseThrow(), table);
    RawRows raw = source.read(session());
    return byFile(raw.rows().collectAsList());
  }

  /** What Spark's own reader finds, without any of AFP's. */
  List<List<Found>> bySpark() {
    CsvDef csv = dialect.csv();
    Map<String, String> options = new HashMap<>();
    options.put("header", Boolean.toString(csv.header()));
    options.put("delimiter", csv.delimiter().replace("\\", "\\\\"));
    options.put("quote", csv.quote());
    options.put("escape", csv.quoteEscape());
    options.put("comment", csv.comment());
    options.put("multiLine", "true");
    CsvDetails details = csv.details();
    options.put("ignoreLeadingWhiteSpace", "" + details.ignoreLeadingWhiteSpace());
    options.put("ignoreTrailingWhiteSpace", "" + details.ignoreTrailingWhiteSpace());
    details.emptyValue().ifPresent(text -> options.put("emptyValue", text));
    if (!details.lineSep().isEmpty()) {
      options.put("lineSep", details.lineSep());
    }
    options.put("columnNameOfCorruptRecord", RawRows.MALFORMED);
    StructType schema = new StructType();
    for (String name : dialect.names()) {
      schema = schema.add(name, DataTypes.StringType);
    }
    Dataset<Row> rows =
        session()
            .read()
            .options(options)
            .schema(schema.add(RawRows.MALFORMED, DataTypes.StringType))
            .csv(folder.toString());
    Column record = functions.col(RawRows.MALFORMED);
    Column withoutEnd = functions.expr("left(%1$s, length(%1$s) - 1)".formatted(RawRows.MALFORMED));
    boolean hasEnd = !details.lineSep().isEmpty(); // Spark leaves one there
    return byFile(
        rows.withColumn(RawRows.FILE, functions.col("_metadata.file_path"))
            .withColumn(
                RawRows.MALFORMED,
                functions
                    .when(record.endsWith(details.lineSep()).and(functions.lit(hasEnd)), withoutEnd)
                    .otherwise(record))
            .collectAsList());
  }

  private List<List<Found>> byFile(List<Row> rows) {
    List<List<Found>> found = new ArrayList<>();
    files.forEach(file -> found.add(new ArrayList<>()));
    for (Row row : rows) {
      String address = row.getAs(RawRows.FILE);
      int file =
          Integer.parseInt(
              address.substring(address.lastIndexOf("/f") + 2, address.length() - ".csv".length()));
      found.get(file).add(Found.of(row, dialect.names()));
    }
    return found;
  }

  /** As sessions on a branch are. */
  static SparkSession session() {
    return TestSpark.likeOnBranch();
  }
}
