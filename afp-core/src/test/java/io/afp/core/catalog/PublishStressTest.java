package io.afp.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.ledger.LeaseKeeper;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Writers that add one to two of six numbers, each kept in the place of a pointer. */
@ExtendWith(LakeExtension.class)
class PublishStressTest {

  private static final int WRITERS = 3;
  private static final int TABLES = 6;
  private static final int BRANCHES = 40;

  private final CyclicBarrier together = new CyclicBarrier(WRITERS);
  private final AtomicInteger published = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();

  @Test
  @Timeout(value = 30, unit = TimeUnit.SECONDS)
  void noUpdateIsLostAndNobodyWaitsForEver(TestLake lake) {
    CatalogRows rows = new CatalogRows(lake.database());
    IntStream.range(0, TABLES).forEach(i -> rows.create("lake", "core.t" + i, i + ":0"));
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    List<CompletableFuture<Void>> writers =
        IntStream.range(0, WRITERS)
            .mapToObj(w -> CompletableFuture.runAsync(() -> write(lake, rows, w), threads))
            .toList();
    threads.shutdown();
    writers.forEach(CompletableFuture::join);
    int sum = rows.main().values().stream().mapToInt(PublishStressTest::number).sum();
    assertThat(sum).as("two steps a published branch").isEqualTo(2 * published.get());
    assertThat(published.get() + refused.get()).isEqualTo(WRITERS * BRANCHES);
    assertThat(published.get()).isPositive();
    assertThat(refused.get()).as("of the first branches one is published").isGreaterThan(1);
  }

  private void write(TestLake lake, CatalogRows rows, int writer) {
    Random random = new Random(writer);
    try (LeaseKeeper keeper =
        LeaseKeeper.tryTake(lake.database(), "writer" + writer, UUID.randomUUID()).orElseThrow()) {
      String sameForAll = change(lake, rows, "w%d_0".formatted(writer), new Random(0));
      waitForTheOthers();
      publish(lake, rows, sameForAll, keeper);
      for (int i = 1; i < BRANCHES; i++) {
        String branch = change(lake, rows, "w%d_%d".formatted(writer, i), random);
        publish(lake, rows, branch, keeper);
      }
    }
  }

  /** Without it a machine with one processor might do one writer after the other. */
  private void waitForTheOthers() {
    try {
      together.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String change(TestLake lake, CatalogRows rows, String branch, Random random) {
    lake.branches().create(branch);
    int first = random.nextInt(TABLES);
    addOne(rows, branch, "core.t" + first);
    addOne(rows, branch, "core.t" + (first + 1 + random.nextInt(TABLES - 1)) % TABLES);
    return branch;
  }

  private static void addOne(CatalogRows rows, String branch, String table) {
    String now = rows.of("lake@" + branch).get(table);
    String next = now.substring(0, 2) + (number(now) + 1);
    rows.commit("lake@" + branch, table, next);
  }

  private void publish(TestLake lake, CatalogRows rows, String branch, LeaseKeeper keeper) {
    try {
      new Publisher(lake.database())
          .publish(branch, keeper.lease(), rows.changed(branch), (transaction, release) -> {});
      published.incrementAndGet();
    } catch (AfpException e) {
      assertThat(e.code()).as(e.getMessage()).isEqualTo(ErrorCode.MAIN_MOVED);
      refused.incrementAndGet();
    }
  }

  private static int number(String location) {
    return Integer.parseInt(location.substring(2));
  }
}
