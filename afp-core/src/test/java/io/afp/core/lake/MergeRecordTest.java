package io.afp.core.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.afp.core.definition.TableBuilder;
import io.afp.core.definition.TableDef;
import io.afp.core.error.AfpException;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A table that was filled in one way is not merged in another. */
@ExtendWith(LakeExtension.class)
class MergeRecordTest {

  private static final String UPSERT = "upsert key=[id] as_of=at";

  private SparkSession session;

  @BeforeEach
  void aBranch(TestLake lake) {
    session = lake.on(lake.newBranch());
  }

  private static TableBuilder table() {
    return TableDef.named("core.m")
        .sql("SELECT 1")
        .column("id", "int")
        .column("at", "int")
        .column("gone", "boolean")
        .key("id");
  }

  @Test
  void whatAMergeDependsOnIsWrittenIntoTheTable() {
    write(
        table().key("id", "at").scd2("at").deleteFlag("gone").key("id"), "1 id, 1 at, false gone");
    assertThat(record()).isEqualTo("scd2 key=[id] as_of=at delete_flag=gone");
  }

  @Test
  void anotherModeKeyTimeOrFlagIsRefused() {
    write(table().upsert("at"), "1 id, 1 at, false gone");
    assertRefused(table().scd2("at"), "(was=%s, now=scd2 key=[id] as_of=at)".formatted(UPSERT));
    assertRefused(
        table().key("id", "gone").upsert("at"),
        "(was=%s, now=upsert key=[gone, id] as_of=at)".formatted(UPSERT));
    assertRefused(
        table().upsert("at").deleteFlag("gone"),
        "(was=%s, now=upsert key=[id] as_of=at delete_flag=gone)".formatted(UPSERT));
    assertRefused(table(), "(was=%s, now=not merged)".formatted(UPSERT));
    write(table().upsert("at"), "2 id, 1 at, false gone");
    assertThat(session.table("core.m").count()).isEqualTo(2);
  }

  @Test
  void rowsThatWereNotMergedAreNotMergedInto() {
    write(table(), "1 id, 1 at, false gone");
    assertRefused(table().upsert("at"), "(was=not merged, now=%s)".formatted(UPSERT));
  }

  @Test
  void rowsThatSomebodyElseInsertedAreNotMergedInto() {
    session.sql("CREATE NAMESPACE core");
    session.sql("CREATE TABLE core.m AS SELECT 1 id, 1 at, false gone");
    assertRefused(table().upsert("at"), "was=not merged");
  }

  @Test
  void replaceAndAppendMayChangePlaces() {
    write(table(), "1 id, 1 at, false gone");
    write(table().append(), "2 id, 1 at, false gone");
    write(table(), "3 id, 1 at, false gone");
    assertThat(session.table("core.m").count()).isEqualTo(1);
  }

  @Test
  void aTableWithoutRowsTakesOverWhatIsDeclared() {
    write(table(), "1 id, 1 at, false gone WHERE false");
    write(table().upsert("at"), "1 id, 1 at, false gone WHERE false");
    assertThat(record()).isEqualTo(UPSERT);
    write(table(), "1 id, 1 at, false gone");
    assertThat(record()).isNull();
  }

  @Test
  void aTableIsNotEmptyWhileKeysAreRememberedAsDeleted() {
    write(table().upsert("at").deleteFlag("gone"), "1 id, 1 at, true gone");
    assertThat(session.table("core.m").count()).isZero();
    assertRefused(table().upsert("at"), "delete_flag=gone, now=");
  }

  private void write(TableBuilder table, String row) {
    new TableWriter(session, Map.of(), List.of())
        .write(table.build(), session.sql("SELECT " + row), Optional.empty());
  }

  private void assertRefused(TableBuilder table, String why) {
    AfpException refused =
        catchThrowableOfType(AfpException.class, () -> write(table, "9 id, 9 at, false gone"));
    assertThat(refused)
        .hasMessageContaining(
            "AFP-LAKE-006 Cannot write table core.m: its rows were merged in another way")
        .hasMessageContaining(why);
    assertThat(refused.problems().get(0).fix()).contains("--full-refresh --select core.m");
  }

  private String record() {
    return new LakeTables(session)
        .find(table().build().name())
        .orElseThrow()
        .properties()
        .get("afp.merge");
  }
}
