package io.afp.core.lake;

import static org.apache.spark.sql.functions.lit;

import io.afp.core.definition.Interval;
import io.afp.core.definition.IntervalDef;
import io.afp.core.definition.IntervalUnit;
import io.afp.core.definition.TableBuilder;
import io.afp.core.definition.TableDef;
import io.afp.core.testing.TestLake;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Merges rows that are given as texts: {@code id value day}, or with the day of loading behind it,
 * and {@code gone} for a row that deletes. A minus stands for null; days are those of January 2013.
 */
final class MergeFixture {

  private static final StructType COLUMNS =
      new StructType()
          .add("id", DataTypes.IntegerType)
          .add("value", DataTypes.StringType)
          .add("as_of", DataTypes.DateType)
          .add("loaded", DataTypes.DateType)
          .add("gone", DataTypes.BooleanType);

  private final SparkSession session;

  MergeFixture(TestLake lake) {
    this(lake.on(lake.newBranch()));
  }

  MergeFixture(SparkSession session) {
    this.session = session;
  }

  static TableBuilder table() {
    return TableDef.named("core.item")
        .sql("SELECT 1")
        .column("id", "int")
        .column("value", "string")
        .column("as_of", "date")
        .column("loaded", "date")
        .column("gone", "boolean")
        .key("id");
  }

  /** The same table with its columns declared in another order. */
  static TableBuilder reordered() {
    return TableDef.named("core.item")
        .sql("SELECT 1")
        .column("gone", "boolean")
        .column("loaded", "date")
        .column("as_of", "date")
        .column("value", "string")
        .column("id", "int")
        .key("id");
  }

  static Optional<Interval> days(String days) {
    return Optional.of(
        Interval.parse(
            "2013-01-" + days.replace("..", "..2013-01-"),
            new IntervalDef(IntervalUnit.DAY, ZoneOffset.UTC)));
  }

  SparkSession session() {
    return session;
  }

  Written write(TableDef table, String... rows) {
    return write(table, Optional.empty(), rows);
  }

  Written write(TableDef table, Optional<Interval> range, String... rows) {
    return write(table, range, given(rows));
  }

  /** The same rows from a file of another run. */
  Written write(MetadataColumns run, TableDef table, Optional<Interval> range, String... rows) {
    Dataset<Row> ofFile = given(rows).withColumn(RawRows.FILE, lit("file:/p/data/a.csv"));
    return write(table, range, run.addTo(ofFile, table.metadata()));
  }

  private Written write(TableDef table, Optional<Interval> range, Dataset<Row> rows) {
    return new TableWriter(session, Map.of("afp.run-id", "r1"), List.of())
        .write(table, rows, range)
        .written();
  }

  private Dataset<Row> given(String... rows) {
    List<Row> values = Arrays.stream(rows).map(MergeFixture::row).toList();
    return session.createDataFrame(values, COLUMNS);
  }

  private static Row row(String text) {
    List<String> parts = List.of(text.split(" "));
    boolean loaded = parts.size() > 3 && !parts.get(3).equals("gone");
    return RowFactory.create(
        parts.get(0).equals("-") ? null : Integer.valueOf(parts.get(0)),
        parts.get(1).equals("-") ? null : parts.get(1),
        day(parts.get(2)),
        day(parts.get(loaded ? 3 : 2)),
        parts.contains("gone"));
  }

  private static LocalDate day(String text) {
    return text.equals("-") ? null : LocalDate.of(2013, 1, Integer.parseInt(text));
  }

  /** The rows {@code id value day}, sorted. */
  List<String> rows() {
    return read("id, value, day(as_of)");
  }

  /** The versions {@code id value from to}, sorted; the last one has no {@code to}. */
  List<String> versions() {
    return read("id, value, day(valid_from), day(valid_to)");
  }

  List<String> read(String columns) {
    String text =
        Arrays.stream(columns.split(", "))
            .map("ifnull(string(%s), '-')"::formatted)
            .collect(Collectors.joining(", "));
    return session
        .sql("SELECT concat_ws(' ', %s) FROM core.item".formatted(text))
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  Set<String> files() {
    return files("core.item");
  }

  private Set<String> files(String table) {
    return session.sql("SELECT file_path FROM %s.files".formatted(table)).collectAsList().stream()
        .map(row -> row.getString(0))
        .collect(Collectors.toSet());
  }

  /** Deletes the files of the table beside: who reads it fails. */
  void loseWhatWasObserved() throws IOException {
    lose(files("core.item__observed"));
  }

  /** Deletes files: who reads them fails. */
  void lose(Set<String> files) throws IOException {
    for (String file : files) {
      Files.delete(Path.of(URI.create(file)));
    }
  }

  Table iceberg() {
    return new LakeTables(session).find(table().build().name()).orElseThrow();
  }
}
