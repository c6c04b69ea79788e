package io.afp.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LakeExtension.class)
class FenceTest {

  @Test
  void aFenceStandsOnlyWhenNoCommitIsUnderWay(TestLake lake) {
    CatalogRows rows = new CatalogRows(lake.database());
    rows.create("lake", "core.a", "a1");
    lake.branches().create("b");
    CompletableFuture<Void> fence = lake.database().inTransaction(zombie -> commit(lake, zombie));
    fence.join();
    assertThat(rows.of("lake@b")).as("the fence waited for it").containsEntry("core.a", "a2");
    assertThat(lake.branches().state("b")).contains("fenced");
  }

  private static CompletableFuture<Void> commit(TestLake lake, Handle zombie) {
    CatalogRows.commit(zombie, "lake@b", "core.a", "a2");
    CompletableFuture<Void> fence = CompletableFuture.runAsync(() -> lake.branches().fence("b"));
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> fence.isDone() || new CatalogRows(lake.database()).isSomebodyWaiting());
    assertThat(fence)
        .as("a commit after the fence would be lost or published by nobody")
        .isNotDone();
    return fence;
  }
}
