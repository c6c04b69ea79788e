package io.afp.core.lake;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.Interval;
import io.afp.core.definition.IntervalDef;
import io.afp.core.definition.IntervalUnit;
import io.afp.core.definition.TableBuilder;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * No write leaves more than 1.5 times the fewest files that could hold its bytes.
 *
 * <p>Files are tiny here, and the writer counts open pages without their compression: a partition
 * that is meant to be one file stays well below the target.
 */
@ExtendWith(LakeExtension.class)
class FewFilesTest {

  private static final int MANY_TASKS = 12;

  private static SparkSession session;

  @BeforeAll
  static void aBranch(TestLake lake) {
    session = lake.on(lake.newBranch());
  }

  @Test
  void ofAnInterval() {
    TableDef table = table("interval").partitionBy("month(day)").replaceIntervals("day").build();
    write(table, rows(20_000, "date'2013-01-01'"), months("2013-01"));
  }

  @Test
  void ofManyIntervalsAtOnce() {
    TableDef table = table("intervals").partitionBy("month(day)").replaceIntervals("day").build();
    write(table, rows(24_000, "date_add(date'2013-01-01', int(id % 360))"), months("2013"));
  }

  @Test
  void ofAWholeTable() {
    write(table("whole").build(), rows(20_000, "date'2013-01-01'"));
  }

  @Test
  void ofAWholeTableOfManyFiles() {
    TableDef table = table("large").targetFileSize("64KB").build();
    write(table, rows(60_000, "date'2013-01-01'"));
    assertThat(files(table).fewest()).isGreaterThan(20);
  }

  @Test
  void ofLoadedFiles(@TempDir Path folder) {
    TableDef table = table("loaded").build();
    load(table, loaded(folder));
    assertThat(files(table).fewest()).isGreaterThan(4);
    assertThat(tasks(table)).isEqualTo(2);
  }

  @Test
  void ofFewLoadedFiles(@TempDir Path folder) {
    TableDef table = table("loaded_at_once").targetFileSize("64MB").build();
    load(table, loaded(folder));
    assertThat(files(table)).isEqualTo(new ManyFiles(1, 1));
  }

  @Test
  void ofAPartitionOfLoadedFiles(@TempDir Path folder) {
    TableDef table = table("loaded_month").partitionBy("month(day)").build();
    load(table, loaded(folder));
    assertThat(tasks(table)).as("one for each core").isEqualTo(2);
  }

  @Test
  void loadedFilesAreWrittenByTheTasksThatReadThem(@TempDir Path folder) {
    assertThat(plan(table("plain").build(), folder)).contains("Coalesce 2");
    assertThat(plan(table("little").targetFileSize("64MB").build(), folder)).doesNotContain("Coal");
    assertThat(plan(table("parted").partitionBy("day").build(), folder)).doesNotContain("Coal");
    assertThat(plan(table("sorted").sortBy("id").build(), folder)).doesNotContain("Coal");
  }

  @Test
  void ofFilesThatAreReadWholeTheSizeOfRowsIsNotKnown(@TempDir Path folder) {
    loaded(folder);
    Dataset<Row> whole =
        session.read().format("binaryFile").load(folder.resolve("files").toUri().toString());
    assertThat(LoadSize.of(loaded(folder), 1).bytes()).isPositive();
    assertThat(LoadSize.of(whole, 1).bytes()).isZero();
  }

  private static String plan(TableDef table, Path folder) {
    Table created = new LakeTables(session).ensure(table).table();
    WriteTasks tasks = new WriteTasks(session, table.name(), created);
    return tasks.ofFiles(loaded(folder)).queryExecution().executedPlan().toString();
  }

  /** Rows of so many files as tasks write. */
  private static Dataset<Row> loaded(Path folder) {
    String files = folder.resolve("files").toUri().toString();
    rows(20_000, "date'2013-01-01'").write().mode("ignore").parquet(files);
    return session.read().parquet(files);
  }

  private static void load(TableDef table, Dataset<Row> rows) {
    assertThat(writer().load(table, rows, Optional.empty()).origin()).isEqualTo("write");
    assertFew(table.name());
  }

  /** How many tasks wrote: the names of files begin with the number of theirs. */
  private static long tasks(TableDef table) {
    return session
        .sql("SELECT file_path FROM %s.files".formatted(table.name()))
        .collectAsList()
        .stream()
        .map(row -> Path.of(row.getString(0)).getFileName().toString().split("-")[0])
        .distinct()
        .count();
  }

  @ParameterizedTest
  @CsvSource({
    "10,     2, 1",
    "100,    2, 1",
    "255,    2, 1",
    "256,    2, 2",
    "750,    2, 2",
    "750,    8, 5",
    "10240,  2, 14",
    "10240, 64, 64",
    "0,      8, 0",
  })
  void theSizeOfFilesSaysHowManyTasksLoadThem(long megabytes, int cores, long tasks) {
    assertThat(new LoadSize(megabytes << 20, 64L << 20, cores).tasks()).isEqualTo(tasks);
  }

  @ParameterizedTest
  @CsvSource({
    "0,      2, 768",
    "10,     2, 128",
    "750,    2, 375",
    "750,    8, 128",
    "10240,  2, 768",
    "10240, 64, 160",
  })
  void theSizeOfFilesSaysHowMuchOfAPartitionATaskGets(long megabytes, int cores, long task) {
    assertThat(new LoadSize(megabytes << 20, 64L << 20, cores).task() >> 20).isEqualTo(task);
  }

  @Test
  void ofAPartitionOfManyFiles() {
    TableDef table = table("skewed").partitionBy("month(day)").targetFileSize("64KB").build();
    write(table, rows(60_000, "date_add(date'2013-01-01', int(pmod(-id, 1000) / 970) * 40)"));
  }

  @Test
  void ofManySmallPartitions() {
    TableDef table = table("small").partitionBy("day").build();
    write(table, rows(20_000, "date_add(date'2013-01-01', int(id % 90))"));
    assertThat(files(table)).isEqualTo(new ManyFiles(90, 90));
  }

  @Test
  void ofBuckets() {
    TableDef table = table("buckets").partitionBy("month(day)", "bucket(4, id)").build();
    write(table, rows(24_000, "date_add(date'2013-01-01', int(id % 90))"));
    assertThat(files(table).fewest()).isGreaterThanOrEqualTo(12);
  }

  @Test
  void ofAnAppend() {
    TableDef table = table("appended").append().build();
    write(table, rows(5_000, "date'2013-01-01'"));
    write(table, rows(5_000, "date'2013-01-01'"));
  }

  @Test
  void ofAnUpsert() {
    TableDef table = table("upserted").key("id").upsert("day").build();
    merge(table);
  }

  @Test
  void ofAnUpsertIntoPartitions() {
    TableDef table =
        table("upserted_buckets").key("id").upsert("day").partitionBy("bucket(4, id)").build();
    merge(table);
  }

  @Tag("long")
  @Test
  void ofAHistory() {
    TableDef table = table("history").key("id").scd2("day").build();
    merge(table);
    assertFew(table.name().observed());
  }

  @Tag("long")
  @Test
  void ofExtracts() {
    TableDef table = table("extracts").key("id").snapshot("day").build();
    for (int month = 1; month <= 3; month++) {
      String day = "date'2013-0%d-01'".formatted(month);
      Dataset<Row> extract = rows(10_000, day).filter("id % 7 <> " + month);
      write(table, extract, months("2013-0" + month));
      assertFew(table.name().observed());
    }
  }

  @Test
  void ofRejects() {
    TableName name = table("whole").build().name().rejects();
    writer().replaceBeside(name, rows(5_000, "date'2013-01-01'"), lit(true), "day");
    assertFew(name);
  }

  /** A first load, then a change of few and of many rows. */
  private static void merge(TableDef table) {
    write(table, rows(20_000, "date'2013-01-01'"));
    write(table, rows(20_000, "date'2013-01-02'").filter("id % 1000 = 5"));
    write(table, rows(30_000, "date'2013-01-03'").filter("id % 3 > 0"));
  }

  private static TableBuilder table(String name) {
    return TableDef.named("core." + name)
        .sql("SELECT 1")
        .column("id", "long")
        .column("day", "date")
        .column("noise", "binary")
        .targetFileSize("128KB");
  }

  /** Rows that don't compress, from many tasks. */
  private static Dataset<Row> rows(int number, String day) {
    return session
        .range(0, number, 1, MANY_TASKS)
        .selectExpr("id", day + " day", "unhex(sha2(string(id) || %s, 256)) noise".formatted(day));
  }

  private static Optional<Interval> months(String text) {
    return Optional.of(Interval.parse(text, new IntervalDef(IntervalUnit.MONTH, ZoneOffset.UTC)));
  }

  private static TableWriter writer() {
    return new TableWriter(session, Map.of(), List.of());
  }

  private static void write(TableDef table, Dataset<Row> rows) {
    write(table, rows, Optional.empty());
  }

  private static void write(TableDef table, Dataset<Row> rows, Optional<Interval> range) {
    assertThat(writer().write(table, rows, range).origin()).isEqualTo("write");
    assertFew(table.name());
  }

  private static void assertFew(TableName name) {
    ManyFiles files = ManyFiles.of(iceberg(name));
    assertThat(files.ratio()).as("%s of %s", files, name).isLessThanOrEqualTo(1.5);
  }

  private static ManyFiles files(TableDef table) {
    return ManyFiles.of(iceberg(table.name()));
  }

  private static Table iceberg(TableName name) {
    return new LakeTables(session).find(name).orElseThrow();
  }
}
