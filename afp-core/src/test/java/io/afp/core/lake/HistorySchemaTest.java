package io.afp.core.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.definition.Interval;
import io.afp.core.definition.IntervalDef;
import io.afp.core.definition.IntervalUnit;
import io.afp.core.definition.TableBuilder;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.WriteDef.OnSchemaChange;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What happens to histories, and to what is kept beside them, when columns come and go. */
@ExtendWith(LakeExtension.class)
class HistorySchemaTest {

  private SparkSession session;

  @BeforeEach
  void aBranch(TestLake lake) {
    session = lake.on(lake.newBranch());
  }

  private static TableBuilder table(String... columns) {
    TableBuilder table = TableDef.named("core.h").sql("SELECT 1").key("id").column("day", "date");
    for (String column : columns) {
      table.column(column.split(" ")[0], column.split(" ")[1]);
    }
    return table.byIntervals("day");
  }

  private static TableBuilder scd2(String... columns) {
    return table(columns).scd2("day");
  }

  private static TableBuilder snapshot(String... columns) {
    return table(columns).snapshot("day");
  }

  @Test
  void theVersionsOfAnScd2TableHaveNullInAnAddedColumnUntilTheirIntervalsRunAgain() {
    write(scd2("id int", "v int"), 1, "7 id, 1 v");
    write(scd2("id int", "v int"), 3, "7 id, 1 v");
    write(scd2("id int", "v int", "w int"), 5, "7 id, 1 v, 9 w");
    assertThat(history("v, w"))
        .as("a new value is a new version")
        .containsExactly("1 null 2013-01-01 2013-01-05", "1 9 2013-01-05 null");
    write(scd2("id int", "v int", "w int"), 3, "7 id, 1 v, 9 w");
    assertThat(history("v, w"))
        .containsExactly("1 null 2013-01-01 2013-01-03", "1 9 2013-01-03 null");
  }

  @Tag("long")
  @Test
  void theVersionsOfASnapshotTableHaveNullInAnAddedColumnUntilTheirExtractsRunAgain() {
    write(snapshot("id int", "v int"), 1, "7 id, 1 v");
    write(snapshot("id int", "v int"), 3, "7 id, 1 v");
    write(snapshot("id int", "v int", "w int"), 5, "7 id, 1 v, 9 w");
    write(snapshot("id int", "v int", "w int"), 3, "7 id, 1 v, 9 w");
    assertThat(history("v, w"))
        .containsExactly("1 null 2013-01-01 2013-01-03", "1 9 2013-01-03 null");
  }

  @Test
  void versionsOfAnScd2TableThatDifferOnlyInADroppedColumnAreOne() {
    write(scd2("id int", "v int", "w int"), 1, "7 id, 1 v, 8 w");
    write(scd2("id int", "v int", "w int"), 3, "7 id, 1 v, 9 w");
    write(sync(scd2("id int", "v int")), 5, "8 id, 1 v");
    assertThat(history("id, v")).containsExactly("7 1 2013-01-01 null", "8 1 2013-01-05 null");
    assertThat(observed().schema().findField("w")).as("beside the table it is gone too").isNull();
  }

  @Tag("long")
  @Test
  void versionsOfASnapshotTableThatDifferOnlyInADroppedColumnAreOne() {
    write(snapshot("id int", "v int", "w int"), 1, "7 id, 1 v, 8 w");
    write(snapshot("id int", "v int", "w int"), 3, "7 id, 1 v, 9 w");
    write(sync(snapshot("id int", "v int")), 5, "7 id, 1 v");
    assertThat(history("id, v")).containsExactly("7 1 2013-01-01 null");
  }

  @Test
  void typesAreWidenedBesideTheTableToo() {
    write(table("id int", "at int", "v int").scd2("at"), 1, "7 id, 1 at, 1 v");
    write(table("id long", "at long", "v long").scd2("at"), 3, "7L id, 3000000000L at, 2L v");
    assertThat(history("id, v")).containsExactly("7 1 1 3000000000", "7 2 3000000000 null");
    assertThat(observed().schema().findField("at").type()).isEqualTo(Types.LongType.get());
  }

  @Test
  void aDeletedKeyIsRememberedWhenItsTypeWasWidened() {
    TableBuilder narrow = table("id int", "at int", "gone boolean").upsert("at").deleteFlag("gone");
    TableBuilder wide = table("id long", "at int", "gone boolean").upsert("at").deleteFlag("gone");
    write(narrow, 1, "7 id, 5 at, true gone");
    write(wide, 3, "7L id, 4 at, false gone");
    assertThat(session.table("core.h").count()).as("the late row").isZero();
    write(wide, 4, "3000000000L id, 4 at, true gone");
    assertThat(observed().schema().findField("id").type()).isEqualTo(Types.LongType.get());
  }

  @Test
  void whatIsBesideTheTableIsHeldAgainstThePolicyToo() {
    write(scd2("id int", "v int"), 1, "7 id, 1 v");
    session.sql("ALTER TABLE core.h__observed ADD COLUMN extra int");
    assertThatThrownBy(() -> write(scd2("id int", "v int"), 3, "7 id, 2 v"))
        .hasMessageContaining(
            "Cannot bring table core.h__observed to its declaration: column extra is in the table but not declared");
    write(sync(scd2("id int", "v int")), 3, "7 id, 3 v");
    assertThat(observed().schema().findField("extra")).isNull();
  }

  private static TableBuilder sync(TableBuilder table) {
    return table.onSchemaChange(OnSchemaChange.SYNC);
  }

  private void write(TableBuilder table, int day, String row) {
    Interval interval =
        Interval.parse("2013-01-0" + day, new IntervalDef(IntervalUnit.DAY, ZoneOffset.UTC));
    new TableWriter(session, Map.of(), List.of())
        .write(
            table.build(),
            session.sql("SELECT DATE '2013-01-0%d' day, %s".formatted(day, row)),
            Optional.of(interval));
  }

  private List<String> history(String columns) {
    return session
        .sql(
            "SELECT %s, valid_from, valid_to FROM core.h ORDER BY id, valid_from"
                .formatted(columns))
        .collectAsList()
        .stream()
        .map(row -> row.mkString(" "))
        .toList();
  }

  private Table observed() {
    return new LakeTables(session)
        .find(table().scd2("day").column("id", "int").build().name().observed())
        .orElseThrow();
  }
}
