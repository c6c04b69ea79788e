package io.afp.core.lake;

import static io.afp.core.lake.MergeFixture.days;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.afp.core.catalog.Pointer;
import io.afp.core.catalog.ReleaseHistory;
import io.afp.core.definition.TableBuilder;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables that are merged, and those beside them, after something else than a run changed them. */
@ExtendWith(LakeExtension.class)
class MergeTrailTest {

  private static final TableName ITEM = new TableName("core", "item");
  private static final String BESIDE = "core.item__observed";

  private static TestLake lakes;

  private MergeFixture lake;

  enum Mode {
    UPSERT(flagged().upsert("as_of")),
    SCD2(flagged().scd2("as_of")),
    SNAPSHOT(MergeFixture.table().snapshot("loaded"));

    private final TableDef table;

    Mode(TableBuilder table) {
      this.table = table.build();
    }

    private static TableBuilder flagged() {
      return MergeFixture.table().byIntervals("loaded").deleteFlag("gone");
    }
  }

  @BeforeAll
  static void oneLakeForAll(TestLake given) {
    lakes = given;
  }

  @BeforeEach
  void aBranch() {
    lake = new MergeFixture(lakes);
  }

  private void writeFirst(Mode mode) {
    lake.write(mode.table, days("05"), "1 a 5 5", "2 b 5 5", "3 - 5 5 gone");
  }

  private void writeNext(Mode mode) {
    lake.write(mode.table, days("06"), "1 c 6 6", "2 b 6 6", "3 late 4 6");
  }

  /** What both writes give when nobody comes between. */
  private static List<String> undisturbed(Mode mode) {
    return switch (mode) {
      case UPSERT -> List.of("1 c 6", "2 b 6");
      case SCD2 -> List.of("1 a 5", "1 c 6", "2 b 5", "3 late 4");
      case SNAPSHOT -> List.of("1 a 5", "1 c 6", "2 b 5", "2 b 6", "3 - 5", "3 late 4");
    };
  }

  @ParameterizedTest
  @EnumSource
  void rowsThatWereChangedByHandAreNotMergedInto(Mode mode) {
    writeFirst(mode);
    long snapshot = lake.iceberg().currentSnapshot().snapshotId();
    for (String change :
        List.of(
            "INSERT INTO core.item SELECT * FROM core.item WHERE id = 1",
            "UPDATE core.item SET value = 'x' WHERE id = 1",
            "DELETE FROM core.item WHERE id = 1")) {
      lake.session().sql(change);
      long changed = lake.iceberg().currentSnapshot().snapshotId();
      assertRefused(
          mode,
          "rows of it were changed by something else than a run (snapshot=%d)".formatted(changed));
      assertThat(lake.iceberg().currentSnapshot().snapshotId()).isEqualTo(changed);
      lake.session()
          .sql("CALL lake.system.rollback_to_snapshot('core.item', %dL)".formatted(snapshot));
    }
    writeNext(mode);
    assertThat(lake.rows()).as("after it was taken back").isEqualTo(undisturbed(mode));
  }

  @ParameterizedTest
  @EnumSource
  void whatWasObservedIsNeitherEmptiedNorDroppedByHand(Mode mode) {
    writeFirst(mode);
    lake.session().sql("DELETE FROM " + BESIDE);
    long emptied = table(lake.session(), ITEM.observed()).currentSnapshot().snapshotId();
    assertRefused(
        mode,
        BESIDE
            + ", which belongs to it, was changed by something else than a run (snapshot=%d, of the last run="
                .formatted(emptied));
    lake.session().sql("DROP TABLE " + BESIDE);
    assertRefused(mode, BESIDE + ", which belongs to it, is gone (snapshot=none, of the last run=");
  }

  @ParameterizedTest
  @EnumSource
  void aTableThatIsBuiltAnewIsWhole(Mode mode) {
    writeFirst(mode);
    lake.session().sql("DELETE FROM core.item");
    lake.session().sql("DROP TABLE " + BESIDE);
    renew(mode);
    writeFirst(mode);
    writeNext(mode);
    assertThat(lake.rows()).isEqualTo(undisturbed(mode));
  }

  @Test
  void aTableOfWhichOnlyDeletesAreKnownIsBuiltAnewToo() {
    lake.write(Mode.UPSERT.table, days("05"), "3 - 5 5 gone");
    renew(Mode.UPSERT);
    lake.write(Mode.UPSERT.table, days("06"), "3 late 4 6");
    assertThat(lake.rows()).as("nothing is known of a delete").containsExactly("3 late 4");
  }

  private void renew(Mode mode) {
    new TableWriter(lake.session(), Map.of("afp.run-id", "r2"), List.of()).renew(mode.table);
  }

  @Test
  void filesThatWereWrittenAnewChangeNothing() {
    writeFirst(Mode.SCD2);
    rewrite("core.item");
    rewrite(BESIDE);
    writeNext(Mode.SCD2);
    assertThat(lake.rows()).isEqualTo(undisturbed(Mode.SCD2));
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource
  void filesThatWereWrittenAnewChangeNothingAlsoWhenTheSnapshotBeforeWasCleaned(Mode mode) {
    writeFirst(mode);
    for (TableName name : List.of(ITEM, ITEM.observed())) {
      rewrite(name.toString());
      new TableStates(lakes.files()).remove(lake.session(), name, old(name));
    }
    writeNext(mode);
    writeNext(mode);
    assertThat(lake.rows()).isEqualTo(undisturbed(mode));
  }

  /** Each run leaves a file, and a clean makes one of them. */
  @Tag("long")
  @Test
  void smallFilesThatAfpPutTogetherAreNoChangeEither() {
    for (int day = 1; day <= 6; day++) {
      lake.write(Mode.SCD2.table, days("0" + day), "1 v%1$d %1$d %1$d".formatted(day));
    }
    SmallFiles small = new SmallFiles(lakes.files());
    assertThat(small.count(pointer(ITEM.observed()))).isEqualTo(6);
    List<String> before = lake.versions();
    SmallFiles.putTogether(lake.session(), ITEM.observed());
    assertThat(small.count(pointer(ITEM.observed()))).isZero();
    assertThat(lake.session().table(BESIDE + ".files").count()).isEqualTo(1);
    new TableStates(lakes.files()).remove(lake.session(), ITEM.observed(), old(ITEM.observed()));
    lake.write(Mode.SCD2.table, days("03"), "1 v3 3 3");
    assertThat(lake.versions()).hasSize(6).isEqualTo(before);
    lake.session().sql("DROP TABLE " + BESIDE);
    assertRefused(Mode.SCD2, BESIDE + ", which belongs to it, is gone (snapshot=none");
  }

  private Pointer pointer(TableName name) {
    String location =
        ((BaseTable) table(lake.session(), name)).operations().current().metadataFileLocation();
    return new Pointer(name.namespace(), name.name(), location);
  }

  private void rewrite(String table) {
    assertThat(
            lake.session()
                .sql(
                    "CALL lake.system.rewrite_data_files(table => '%s', options => map('rewrite-all', 'true'))"
                        .formatted(table))
                .head()
                .getInt(0))
        .as("files of %s that were written anew", table)
        .isPositive();
  }

  private Set<Long> old(TableName name) {
    Table table = table(lake.session(), name);
    return StreamSupport.stream(table.snapshots().spliterator(), false)
        .map(Snapshot::snapshotId)
        .filter(id -> id != table.currentSnapshot().snapshotId())
        .collect(Collectors.toSet());
  }

  @Test
  void aReleaseThatIsRolledBackToIsGoneOnWith() {
    try (TestLake ofItsOwn = new TestLake()) {
      rollBack(ofItsOwn);
    }
  }

  private void rollBack(TestLake ofItsOwn) {
    String first = ofItsOwn.newBranch();
    lake = new MergeFixture(ofItsOwn.on(first));
    lake.write(Mode.UPSERT.table, days("05"), "1 a 5 5", "3 a 5 5");
    long before = ofItsOwn.publishBranch(first);
    ofItsOwn.publish("DELETE FROM core.item WHERE id = 3");
    String second = ofItsOwn.newBranch();
    lake = new MergeFixture(ofItsOwn.on(second));
    assertRefused(Mode.UPSERT, "rows of it were changed by something else than a run");

    Pointer then = new ReleaseHistory(ofItsOwn.database()).asOf(before).get(0);
    TableStates states = new TableStates(ofItsOwn.files());
    states.restore(lake.session(), ITEM, states.read(then));
    lake.write(Mode.UPSERT.table, days("06"), "2 b 6 6", "1 - 6 6 gone");
    lake.write(Mode.UPSERT.table, days("07"), "1 late 5 7");
    assertThat(lake.rows()).containsExactly("2 b 6", "3 a 5");
  }

  private void assertRefused(Mode mode, String why) {
    AfpException refused = catchThrowableOfType(AfpException.class, () -> writeNext(mode));
    assertThat(refused)
        .hasMessageContaining("AFP-LAKE-008 Cannot merge into table core.item: " + why);
    assertThat(refused.problems().get(0).fix())
        .contains("afp rollback --to N", "afp run … --full-refresh --select core.item");
  }

  private static Table table(SparkSession session, TableName name) {
    return new LakeTables(session).find(name).orElseThrow();
  }
}
