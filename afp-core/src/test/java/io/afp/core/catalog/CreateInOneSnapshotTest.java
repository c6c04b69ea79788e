package io.afp.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LakeExtension.class)
class CreateInOneSnapshotTest {

  @Test
  void piecemealCopiesLoseAnUpdateOfMain(TestLake lake) {
    CatalogRows rows = new CatalogRows(lake.database());
    rows.create("lake", "core.a", "a1");
    lake.database()
        .useTransaction(
            handle -> {
              handle.execute("INSERT INTO afp.branch (name, state) VALUES ('b', 'open')");
              CatalogRows.create(handle, "lake@b", "core.a", "a1");
            });
    rows.commit("lake", "core.a", "a2");
    lake.database()
        .useTransaction(
            handle ->
                handle.execute(
                    """
                    INSERT INTO afp.branch_base
                    SELECT 'b', table_namespace, table_name, iceberg_type, metadata_location FROM iceberg_tables
                     WHERE catalog_name = 'lake'
                    """));
    rows.publish("b");
    assertThat(rows.main()).as("the commit a2 is lost").containsEntry("core.a", "a1");
  }

  @Test
  void aBranchAndItsBaseAreOneStateOfMain(TestLake lake) throws Exception {
    CatalogRows rows = new CatalogRows(lake.database());
    rows.create("lake", "core.a", "0");
    rows.create("lake", "core.b", "0");
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger commits = new AtomicInteger();
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              while (!done.get()) {
                String location = String.valueOf(commits.incrementAndGet());
                lake.database()
                    .useTransaction(
                        handle -> {
                          CatalogRows.commit(handle, "lake", "core.a", location);
                          CatalogRows.commit(handle, "lake", "core.b", location);
                        });
              }
            });
    for (int i = 0; i < 100; i++) {
      String branch = lake.newBranch();
      assertThat(lake.branches().changed(branch)).as("pointers other than the base").isEmpty();
      assertThat(rows.of("lake@" + branch).values())
          .as("two tables that always move together")
          .containsOnly(rows.of("lake@" + branch).get("core.a"));
    }
    done.set(true);
    writer.get();
    assertThat(commits.get()).as("main did move meanwhile").isGreaterThan(10);
  }
}
