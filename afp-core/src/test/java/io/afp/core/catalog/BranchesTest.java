package io.afp.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.afp.core.definition.TableName;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LakeExtension.class)
class BranchesTest {

  private Branches branches;
  private CatalogRows rows;

  @BeforeEach
  void twoTablesOnMain(TestLake lake) {
    branches = lake.branches();
    rows = new CatalogRows(lake.database());
    rows.create("lake", "core.a", "a1");
    rows.create("lake", "core.b", "b1");
  }

  @Test
  void aBranchStartsWithThePointersOfMain() {
    branches.create("b");
    assertThat(rows.of("lake@b")).isEqualTo(rows.main());
    assertThat(branches.state("b")).contains("open");
    assertThat(branches.changed("b")).as("nothing was done on it").isEmpty();
  }

  @Test
  void aBranchShowsWhatItChangedAndWhatItCreated() {
    branches.create("b");
    rows.commit("lake@b", "core.a", "a2");
    rows.create("lake@b", "core.c", "c1");
    rows.drop("lake@b", "core.b");
    assertThat(branches.changed("b"))
        .as("a table that was dropped has no metadata to read back")
        .extracting(Pointer::name, Pointer::metadataLocation)
        .containsExactly(tuple("a", "a2"), tuple("c", "c1"));
    assertThat(rows.main()).containsOnly(Map.entry("core.a", "a1"), Map.entry("core.b", "b1"));
  }

  @Test
  void aNameIsNeverUsedAgain() {
    for (String last : List.of("open", "fenced", "discarded", "published")) {
      branches.create(last);
    }
    branches.fence("fenced");
    branches.discard("discarded");
    rows.publish("published");
    for (String used : List.of("open", "fenced", "discarded", "published")) {
      assertThat(branches.state(used)).contains(used);
      assertThatThrownBy(() -> branches.create(used))
          .hasMessageContaining("the name was used before (branch=" + used + ")");
    }
  }

  @Test
  void aDiscardedBranchLeavesNoRowsAndNamesWhatItHadChanged() {
    branches.create("b");
    rows.commit("lake@b", "core.a", "a2");
    assertThat(branches.discard("b")).containsExactly(new Pointer("core", "a", "a2"));
    assertThat(rows.of("lake@b")).isEmpty();
    assertThat(rows.numbers("SELECT count(*) FROM afp.branch_base")).containsExactly(0L);
    assertThat(branches.discard("b")).as("twice is once").isEmpty();
    assertThat(rows.main()).containsEntry("core.a", "a1");
  }

  @Test
  void aPublishedBranchIsNotDiscarded() {
    branches.create("b");
    rows.commit("lake@b", "core.a", "a2");
    rows.publish("b");
    assertThat(branches.discard("b")).as("its pointers are main's now").isEmpty();
    assertThat(branches.state("b")).contains("published");
  }

  @Test
  void aReadBranchShowsTheTablesAsTheReleaseLeftThem() {
    long first = release("one", "core.a", "a2");
    release("two", "core.a", "a3");
    branches.createAsOf("r", first);
    assertThat(rows.of("lake@r"))
        .as("only releases are known of the past, so core.b is not there")
        .containsOnly(Map.entry("core.a", "a2"));
    assertThatThrownBy(() -> rows.commit("lake@r", "core.a", "a4"))
        .hasMessageContaining("branch r is not open");
    assertThat(branches.discard("r")).as("its pointers belong to a release").isEmpty();
    assertThat(rows.of("lake@r")).isEmpty();
  }

  @Test
  void aReadBranchOfAReleaseThatDroppedATableHasItNot() {
    release("one", "core.a", "a2");
    branches.create("two");
    rows.drop("lake@two", "core.a");
    branches.createAsOf("r", rows.publish("two"));
    assertThat(rows.of("lake@r")).isEmpty();
  }

  @Test
  void aReleaseThatIsNotThereCannotBeRead() {
    assertThatThrownBy(() -> branches.createAsOf("r", 7))
        .hasMessageContaining("there is none with this number (release=7)");
    assertThat(branches.state("r")).isEmpty();
  }

  @Test
  void allPointersThatMustStayReadableAreReachable() {
    branches.create("b");
    rows.commit("lake@b", "core.a", "a2");
    release("one", "core.b", "b2");
    assertThat(branches.reachable().histories())
        .as("main, the branch, and what it started from")
        .extracting(Pointer::metadataLocation)
        .containsExactlyInAnyOrder("a1", "a2", "b1", "b2");
    assertThat(branches.reachable().states())
        .as("what the release shows")
        .extracting(Pointer::metadataLocation)
        .containsExactly("b2");
  }

  @Test
  void tablesAreListedByName() {
    branches.create("b");
    rows.create("lake@b", "core.c", "c1");
    assertThat(branches.tables(Optional.of("b"))).contains(TableName.parse("core.c")).hasSize(3);
    assertThat(branches.tables(Optional.empty()))
        .containsExactlyInAnyOrder(TableName.parse("core.a"), TableName.parse("core.b"));
  }

  private long release(String branch, String table, String location) {
    branches.create(branch);
    rows.commit("lake@" + branch, table, location);
    return rows.publish(branch);
  }
}
