package io.afp.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.TableName;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LakeExtension.class)
class MarkReadTest {

  /** Deadlocks are found by the order of locks: a first, whatever order they are named in. */
  @Test
  void stepsThatReadTheSameTablesSideBySideDoNotLockEachOtherOut(TestLake lake) {
    CatalogRows rows = new CatalogRows(lake.database());
    rows.create("lake", "core.a", "a1");
    rows.create("lake", "core.b", "b1");
    lake.branches().create("branch");
    CompletableFuture<Void> other =
        lake.database()
            .inTransaction(
                first -> {
                  hold(first, "a");
                  CompletableFuture<Void> second = markRead(lake, "core.b", "core.a");
                  Awaitility.await()
                      .atMost(Duration.ofSeconds(10))
                      .until(() -> second.isDone() || rows.isSomebodyWaiting());
                  hold(first, "b");
                  return second;
                });
    other.join();
    assertThat(
            rows.numbers(
                "SELECT count(*) FROM afp.branch_base WHERE branch = 'branch' AND must_hold"))
        .containsExactly(2L);
  }

  private static void hold(Handle transaction, String name) {
    transaction.execute(
        "SELECT 1 FROM afp.branch_base WHERE branch = 'branch' AND table_name = ? FOR UPDATE",
        name);
  }

  private static CompletableFuture<Void> markRead(TestLake lake, String... tables) {
    List<TableName> named = Stream.of(tables).map(TableName::parse).toList();
    return CompletableFuture.runAsync(() -> lake.branches().markRead("branch", named));
  }
}
