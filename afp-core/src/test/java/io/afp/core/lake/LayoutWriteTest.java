package io.afp.core.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.TableBuilder;
import io.afp.core.definition.TableDef;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A declared order, size and distribution is what the written files have. */
@ExtendWith(LakeExtension.class)
class LayoutWriteTest {

  private static final int TASKS = 4;

  private SparkSession session;

  /** The smallest and the largest id of a file, and how many rows it has. */
  private record Bounds(long smallest, long largest, long rows) {}

  @BeforeEach
  void aBranch(TestLake lake) {
    session = lake.on(lake.newBranch());
  }

  @Test
  void theRowsOfAFileAreSorted() {
    write(table().sortBy("id desc").build());
    assertThat(order()).isEqualTo("id DESC NULLS LAST");
    for (String file : files()) {
      assertThat(ids(file)).isSortedAccordingTo(Comparator.reverseOrder()).isNotEmpty();
    }
  }

  @Test
  void theFilesOfATaskDoNotOverlap() {
    write(table().sortBy("id").build());
    assertThat(bounds()).hasSizeGreaterThan(3);
    assertApart(bounds());
  }

  @Test
  void byRangeNoFilesOverlapAtAll() {
    write(table().sortBy("id").distribution("range").build());
    assertThat(bounds()).hasSizeGreaterThan(3);
    assertApart(bounds());
  }

  @Test
  void withoutDistributionEachTaskLeavesItsOwnFiles() {
    write(table().targetFileSize("64MB").distribution("none").build());
    assertThat(bounds()).hasSize(TASKS);
  }

  @Test
  void byHashTheTasksComeTogether() {
    write(table().targetFileSize("64MB").build());
    assertThat(bounds()).hasSize(1);
  }

  @Test
  void aQueryMaySayHowManyTasksWriteWhereNoPartitionDoes() {
    write(table().targetFileSize("64MB").build(), rows().coalesce(3).select("noise", "id"));
    assertThat(bounds()).hasSize(3);
    write(table().targetFileSize("64MB").build(), rows().repartition(3));
    assertThat(bounds()).hasSize(1);
  }

  @Test
  void aChangedDeclarationHoldsForWhatIsWrittenFromThenOn() {
    TableDef before = table().append().build();
    write(before);
    long first = iceberg().currentSnapshot().snapshotId();
    write(table().append().sortBy("id desc").targetFileSize("1MB").distribution("none").build());

    assertThat(iceberg().snapshot(first)).as("no row was written again").isNotNull();
    assertThat(iceberg().currentSnapshot().parentId()).isEqualTo(first);
    assertThat(order()).isEqualTo("id DESC NULLS LAST");
    assertThat(iceberg().properties())
        .containsEntry("write.target-file-size-bytes", "1048576")
        .containsEntry("write.distribution-mode", "none")
        .containsEntry("write.merge.distribution-mode", "none");

    write(before);
    assertThat(iceberg().sortOrder().isUnsorted()).isTrue();
    assertThat(iceberg().properties()).containsEntry("write.distribution-mode", "hash");
  }

  @Test
  void whatIsAlreadyAsDeclaredIsNotTouched() {
    TableDef table = table().sortBy("id desc").build();
    write(table);
    LakeTables tables = new LakeTables(session);
    String before = metadata(tables.ensure(table).table());
    assertThat(metadata(tables.ensure(table).table())).isEqualTo(before);
  }

  private static String metadata(Table table) {
    return ((BaseTable) table).operations().current().metadataFileLocation();
  }

  private static TableBuilder table() {
    return TableDef.named("core.a")
        .sql("SELECT 1")
        .column("id", "long")
        .column("noise", "binary")
        .targetFileSize("128KB");
  }

  /** Ids in disorder, from several tasks. */
  private Dataset<Row> rows() {
    return session
        .range(0, 20_000, 1, TASKS)
        .selectExpr("id * 7919 % 20000 id", "unhex(sha2(string(id), 256)) noise");
  }

  private void write(TableDef table) {
    write(table, rows());
  }

  private void write(TableDef table, Dataset<Row> rows) {
    TableWriter writer = new TableWriter(session, Map.of(), List.of());
    assertThat(writer.write(table, rows, Optional.empty()).origin()).isEqualTo("write");
  }

  private Table iceberg() {
    return new LakeTables(session).find(table().build().name()).orElseThrow();
  }

  private String order() {
    return iceberg().sortOrder().fields().stream()
        .map(
            field ->
                "%s %s %s"
                    .formatted(
                        iceberg().schema().findColumnName(field.sourceId()),
                        field.direction(),
                        field.nullOrder()))
        .reduce("", String::concat);
  }

  private List<String> files() {
    return session.sql("SELECT file_path FROM core.a.files").collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }

  /** The ids of a file as they lie in it. */
  private List<Long> ids(String file) {
    return session
        .sql("SELECT id FROM core.a WHERE _file = '%s' ORDER BY _pos".formatted(file))
        .collectAsList()
        .stream()
        .map(row -> row.getLong(0))
        .toList();
  }

  private List<Bounds> bounds() {
    List<Bounds> bounds = new ArrayList<>();
    for (DataFile file : SnapshotChanges.builderFor(iceberg()).build().addedDataFiles()) {
      Long smallest = Conversions.fromByteBuffer(Types.LongType.get(), file.lowerBounds().get(1));
      Long largest = Conversions.fromByteBuffer(Types.LongType.get(), file.upperBounds().get(1));
      bounds.add(new Bounds(smallest, largest, file.recordCount()));
    }
    bounds.sort(Comparator.comparing(Bounds::smallest));
    return bounds;
  }

  private static void assertApart(List<Bounds> bounds) {
    for (int i = 1; i < bounds.size(); i++) {
      assertThat(bounds.get(i).smallest()).isGreaterThan(bounds.get(i - 1).largest());
    }
  }
}
