package io.afp.core.lake;

import static io.afp.core.lake.Writing.months;
import static io.afp.core.lake.Writing.replaced;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.afp.core.definition.TableBuilder;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.WriteDef.OnSchemaChange;
import io.afp.core.error.AfpException;
import io.afp.core.error.Problem;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.util.List;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What each value of {@code on_schema_change} makes of a table that differs, by whose hand ever.
 */
@ExtendWith(LakeExtension.class)
class SchemaPolicyTest {

  private Writing lake;

  @BeforeEach
  void aTableWithOneRow(TestLake given) {
    lake = new Writing(given);
    lake.write(replaced(), months("2013-01"), "2013-01-05 1");
  }

  @Test
  void syncDropsWhatIsNotDeclaredAnyMore() {
    write(OnSchemaChange.EXTEND, columns("day date", "id int", "more string"), "2 id, 'x' more");
    long before = lake.iceberg().currentSnapshot().snapshotId();
    write(OnSchemaChange.SYNC, columns("day date", "id int"), "3 id");
    assertThat(lake.columns()).containsExactly("day", "id");
    assertThat(lake.read()).containsExactly("2013-01-05 1", "2013-02-05 3");
    assertThat(
            lake.texts("SELECT more FROM core.a VERSION AS OF %d ORDER BY day".formatted(before)))
        .as("as an older release shows it")
        .containsExactly("null", "x");
  }

  @Test
  void syncDropsAColumnBySomebodyElseThatSortsTheRows() {
    alter("ADD COLUMN extra int", "WRITE ORDERED BY extra");
    write(OnSchemaChange.SYNC, columns("day date", "id int"), "2 id");
    assertThat(lake.columns()).containsExactly("day", "id");
    assertThat(lake.read()).containsExactly("2013-01-05 1", "2013-02-05 2");
  }

  @Test
  void syncDropsAColumnThatIdentifiesRowsForOtherEngines() {
    alter("ADD COLUMN extra int");
    lake.iceberg()
        .updateSchema()
        .allowIncompatibleChanges()
        .requireColumn("extra")
        .setIdentifierFields("extra")
        .commit();
    write(OnSchemaChange.SYNC, columns("day date", "id int"), "2 id");
    assertThat(lake.columns()).containsExactly("day", "id");
  }

  @Test
  void aRenamedColumnIsNeitherDroppedNorDoubledByExtend() {
    alter("RENAME COLUMN id TO number");
    assertThat(refused(OnSchemaChange.EXTEND, columns("day date", "id int"), "2 id"))
        .containsExactly("column number is in the table but not declared");
  }

  @Test
  void aRenamedColumnIsReplacedBySync() {
    alter("RENAME COLUMN id TO number");
    write(OnSchemaChange.SYNC, columns("day date", "id int"), "2 id");
    assertThat(lake.texts("SELECT id FROM core.a ORDER BY day")).containsExactly("null", "2");
  }

  @Test
  void aDroppedColumnIsThereAgainAndNullInTheRowsThatLostIt() {
    alter("DROP COLUMN id");
    write(OnSchemaChange.EXTEND, columns("day date", "id int"), "2 id");
    assertThat(lake.texts("SELECT id FROM core.a ORDER BY day")).containsExactly("null", "2");
  }

  @Test
  void aColumnThatMustNotBeNullMayBeAgain() {
    lake.iceberg().updateSchema().allowIncompatibleChanges().requireColumn("id").commit();
    write(OnSchemaChange.EXTEND, columns("day date", "id int"), "int(null) id");
    assertThat(lake.iceberg().schema().columns()).allMatch(Types.NestedField::isOptional);
  }

  @Test
  void failNamesEveryDifferenceAndWhatToDo() {
    lake.iceberg().updateSchema().allowIncompatibleChanges().requireColumn("id").commit();
    alter("ADD COLUMN extra int", "ADD PARTITION FIELD bucket(2, id)");
    TableBuilder declared = columns("day date", "id long", "more string");
    AfpException failure = failure(OnSchemaChange.FAIL, declared, "2L id, 'x' more");
    assertThat(failure.problems())
        .extracting(p -> p.message().replaceFirst(".*: ", ""))
        .containsExactly(
            "column id has another type (from=int, to=long)",
            "column id must not be null in the table",
            "column more is declared but not in the table",
            "column extra is in the table but not declared",
            "its partitioning changed (from=[month(day), bucket[2](id)], to=[month(day)])");
    assertThat(failure.problems())
        .extracting(Problem::fix)
        .allMatch(
            f -> f.endsWith(", or build the table anew: afp run … --full-refresh --select core.a"));
    assertThat(failure.code().code()).isEqualTo("AFP-LAKE-003");
    assertThat(lake.columns()).as("nothing is changed").containsExactly("day", "id", "extra");
  }

  @Test
  void failAcceptsATableAsItIsDeclaredAndANewDescription() {
    write(OnSchemaChange.FAIL, columns("day date", "id int"), "2 id");
    TableBuilder described =
        TableDef.named("core.a")
            .sql("SELECT 1")
            .column("day", "date", c -> c.description("The day"))
            .column("id", "int")
            .partitionBy("month(day)");
    write(OnSchemaChange.FAIL, described, "3 id");
    assertThat(lake.iceberg().schema().findField("day").doc()).isEqualTo("The day");
  }

  @Test
  void neitherExtendNorSyncChangesPartitionsOrAType() {
    alter("DROP PARTITION FIELD months(day)");
    for (OnSchemaChange policy : List.of(OnSchemaChange.EXTEND, OnSchemaChange.SYNC)) {
      assertThat(refused(policy, columns("day date", "id string"), "'2' id"))
          .containsExactly(
              "column id can't change its type (from=int, to=string)",
              "its partitioning changed (from=[], to=[month(day)])");
    }
  }

  @Test
  void rowsAreNeverChangedByDeleteFiles() {
    alter(
        "SET TBLPROPERTIES ('write.merge.mode'='merge-on-read', 'write.delete.mode'='merge-on-read')");
    write(OnSchemaChange.EXTEND, columns("day date", "id int"), "2 id");
    assertThat(lake.iceberg().properties())
        .doesNotContainKeys("write.merge.mode", "write.delete.mode");
  }

  private void alter(String... changes) {
    for (String change : changes) {
      lake.session().sql("ALTER TABLE core.a " + change);
    }
  }

  private static TableBuilder columns(String... columns) {
    TableBuilder table = TableDef.named("core.a").sql("SELECT 1").partitionBy("month(day)");
    for (String column : columns) {
      table.column(column.split(" ")[0], column.split(" ")[1]);
    }
    return table;
  }

  private void write(OnSchemaChange policy, TableBuilder table, String row) {
    lake.write(
        table.replaceIntervals("day").onSchemaChange(policy).build(),
        months("2013-02"),
        lake.session().sql("SELECT DATE '2013-02-05' day, " + row));
  }

  private AfpException failure(OnSchemaChange policy, TableBuilder table, String row) {
    return catchThrowableOfType(AfpException.class, () -> write(policy, table, row));
  }

  private List<String> refused(OnSchemaChange policy, TableBuilder table, String row) {
    return failure(policy, table, row).problems().stream()
        .map(p -> p.message().replaceFirst(".*: ", ""))
        .toList();
  }
}
