package io.afp.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.definition.TableName;
import io.afp.core.ledger.Lease;
import io.afp.core.ledger.LeaseKeeper;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LakeExtension.class)
class PublishRefusedTest {

  private TestLake lake;
  private CatalogRows rows;
  private Branches branches;

  @BeforeEach
  void twoTablesOnMain(TestLake given) {
    lake = given;
    rows = new CatalogRows(lake.database());
    branches = lake.branches();
    rows.create("lake", "core.a", "a1");
    rows.create("lake", "core.b", "b1");
    branches.create("b");
  }

  @Test
  void isRefusedWholeWhenMainMovedOneChangedTable() {
    rows.commit("lake@b", "core.a", "a2");
    rows.commit("lake@b", "core.b", "b2");
    rows.commit("lake", "core.b", "b7");
    refused("another writer changed a table that this run changed");
    assertThat(rows.main()).containsOnly(Map.entry("core.a", "a1"), Map.entry("core.b", "b7"));
  }

  @Test
  void isRefusedWholeWhenAnotherBranchCreatedTheSameTableFirst() {
    branches.create("first");
    rows.create("lake@first", "core.c", "c1");
    rows.publish("first");
    rows.create("lake@b", "core.c", "c2");
    rows.commit("lake@b", "core.a", "a2");
    refused("another writer changed a table that this run changed");
    assertThat(rows.main()).containsEntry("core.c", "c1").containsEntry("core.a", "a1");
  }

  @Test
  void isRefusedWhenMainDroppedAChangedTable() {
    rows.commit("lake@b", "core.a", "a2");
    rows.drop("lake", "core.a");
    refused("another writer changed a table that this run changed");
    assertThat(rows.main()).doesNotContainKey("core.a");
  }

  @Test
  void aTableThatTheBranchReadMustHold() {
    rows.commit("lake@b", "core.a", "a2");
    branches.markRead("b", List.of(TableName.parse("core.b")));
    rows.commit("lake", "core.b", "b2");
    refused("another writer changed a table that this run read");
    assertThat(rows.main()).as("no facts without their dimension").containsEntry("core.a", "a1");
  }

  @Test
  void aTableThatTheBranchReadMustStillBeThere() {
    rows.commit("lake@b", "core.a", "a2");
    branches.markRead("b", List.of(TableName.parse("core.b")));
    rows.drop("lake", "core.b");
    refused("another writer changed a table that this run read");
  }

  @Test
  void withoutTheMarkWriteSkewPasses() {
    rows.commit("lake@b", "core.a", "a2");
    rows.commit("lake", "core.b", "b2");
    rows.publish("b");
    assertThat(rows.main())
        .as("a2 was made of b1, which main no longer has")
        .containsOnly(Map.entry("core.a", "a2"), Map.entry("core.b", "b2"));
  }

  @Test
  void metadataThatNobodyReadBackIsRefused() {
    rows.commit("lake@b", "core.a", "a2");
    try (LeaseKeeper keeper = lease()) {
      assertThatThrownBy(
              () ->
                  new Publisher(lake.database())
                      .publish("b", keeper.lease(), Set.of("a1"), (transaction, release) -> {}))
          .hasMessageContaining("metadata was not read back before (files=a2)");
    }
    stillOpen();
  }

  @Test
  void aFencedBranchIsAZombieAndRefused() {
    rows.commit("lake@b", "core.a", "a2");
    branches.fence("b");
    assertThatThrownBy(() -> rows.publish("b"))
        .hasMessageContaining("the branch is not open (branch=b, state=fenced)");
    assertThat(rows.main()).containsEntry("core.a", "a1");
  }

  @Test
  void aLeaseThatAnotherDriverTookIsRefused() {
    rows.commit("lake@b", "core.a", "a2");
    try (LeaseKeeper keeper = lease()) {
      Lease stale = new Lease(keeper.lease().pipeline(), UUID.randomUUID(), 0);
      assertThatThrownBy(
              () ->
                  new Publisher(lake.database())
                      .publish("b", stale, Set.of("a2"), (transaction, release) -> {}))
          .hasMessageContaining("another driver took the lease of the pipeline");
    }
    stillOpen();
  }

  @Test
  void bookkeepingThatFailsTakesThePublishWithIt() {
    rows.commit("lake@b", "core.a", "a2");
    try (LeaseKeeper keeper = lease()) {
      assertThatThrownBy(
              () ->
                  new Publisher(lake.database())
                      .publish(
                          "b",
                          keeper.lease(),
                          Set.of("a2"),
                          (transaction, release) -> {
                            throw new IllegalStateException("no books today");
                          }))
          .hasMessageContaining("no books today");
    }
    stillOpen();
  }

  private LeaseKeeper lease() {
    return LeaseKeeper.tryTake(lake.database(), "flights", UUID.randomUUID()).orElseThrow();
  }

  private void refused(String why) {
    assertThatThrownBy(() -> rows.publish("b")).hasMessageContaining("Cannot publish: " + why);
    stillOpen();
  }

  private void stillOpen() {
    assertThat(branches.state("b")).as("a refused branch stays as it was").contains("open");
    assertThat(rows.of("lake@b")).isNotEmpty();
    assertThat(rows.numbers("SELECT id FROM afp.release WHERE branch = 'b'")).isEmpty();
  }
}
