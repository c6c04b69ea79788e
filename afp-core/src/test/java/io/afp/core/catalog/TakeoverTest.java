package io.afp.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.definition.TableName;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LakeExtension.class)
class TakeoverTest {

  private static final TableName A = TableName.parse("core.a");
  private static final TableName B = TableName.parse("core.b");
  private static final TableName NEW = TableName.parse("mart.new");

  private TestLake lake;
  private CatalogRows rows;
  private Branches branches;

  @BeforeEach
  void aDeadAttemptThatWroteOneTableAndReadAnother(TestLake given) {
    lake = given;
    rows = new CatalogRows(lake.database());
    branches = lake.branches();
    rows.create("lake", "core.a", "a1");
    rows.create("lake", "core.b", "b1");
    branches.create("dead");
    rows.commit("lake@dead", "core.a", "a2");
    branches.markRead("dead", List.of(B));
  }

  @Test
  void whatADeadAttemptFinishedIsCarriedOver() {
    assertThat(carryOver(List.of(A), List.of(B))).isTrue();
    rows.publish("next");
    assertThat(rows.main()).containsEntry("core.a", "a2").containsEntry("core.b", "b1");
  }

  @Test
  void aTableThatTheDeadAttemptCreatedIsCarriedOverWithItsNamespace() {
    lake.database()
        .useTransaction(
            h ->
                h.execute(
                    "INSERT INTO iceberg_namespace_properties VALUES ('lake@dead', 'mart', 'exists', 'true')"));
    rows.create("lake@dead", "mart.new", "n1");
    assertThat(carryOver(List.of(NEW), List.of())).isTrue();
    rows.publish("next");
    assertThat(rows.main()).containsEntry("mart.new", "n1").containsEntry("core.a", "a1");
    assertThat(
            rows.numbers(
                "SELECT count(*) FROM iceberg_namespace_properties WHERE catalog_name = 'lake'"))
        .containsExactly(1L);
  }

  @Test
  void nothingIsCarriedOverWhenMainMovedTheTable() {
    rows.commit("lake", "core.a", "a7");
    assertThat(carryOver(List.of(A), List.of(B))).isFalse();
    rows.publish("next");
    assertThat(rows.main()).as("the other writer's update").containsEntry("core.a", "a7");
  }

  @Test
  void nothingIsCarriedOverWhenMainMovedATableThatTheStepRead() {
    rows.commit("lake", "core.b", "b2");
    assertThat(carryOver(List.of(A), List.of(B))).isFalse();
    assertThat(rows.of("lake@next")).containsEntry("core.a", "a1");
  }

  @Test
  void nothingIsCarriedOverWhenSomebodyElseCreatedTheTableMeanwhile() {
    rows.create("lake@dead", "mart.new", "n1");
    rows.create("lake", "mart.new", "n7");
    assertThat(carryOver(List.of(NEW), List.of())).isFalse();
  }

  @Test
  void withoutTheComparisonAnotherRunsUpdateIsLost() {
    rows.commit("lake", "core.a", "a7");
    fenceAndBranch();
    rows.commit("lake@next", "core.a", rows.of("lake@dead").get("core.a"));
    rows.publish("next");
    assertThat(rows.main()).as("a7 is lost").containsEntry("core.a", "a2");
  }

  @Test
  void theMarksOfWhatWasReadComeAlong() {
    carryOver(List.of(A), List.of(B));
    rows.commit("lake", "core.b", "b2");
    assertThatThrownBy(() -> rows.publish("next"))
        .hasMessageContaining("another writer changed a table that this run read");
  }

  @Test
  void mainThatMovedAfterTheNewBranchRefusesThePublish() {
    carryOver(List.of(A), List.of());
    rows.commit("lake", "core.a", "a7");
    assertThatThrownBy(() -> rows.publish("next"))
        .hasMessageContaining("another writer changed a table that this run changed");
  }

  @Test
  void mainThatMovedBetweenTheNewBranchAndTheTakeoverIsNotOverlooked() {
    fenceAndBranch();
    rows.commit("lake", "core.a", "a7");
    boolean done = new Takeover(lake.database()).carryOver("dead", "next", List.of(A), List.of(B));
    assertThat(done).isFalse();
  }

  private boolean carryOver(List<TableName> wrote, List<TableName> read) {
    fenceAndBranch();
    return new Takeover(lake.database()).carryOver("dead", "next", wrote, read);
  }

  private void fenceAndBranch() {
    branches.fence("dead");
    branches.create("next");
  }
}
