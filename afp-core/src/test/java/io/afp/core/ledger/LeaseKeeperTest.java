package io.afp.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.catalog.Publisher;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LakeExtension.class)
class LeaseKeeperTest {

  private static final UUID RUN = UUID.randomUUID();
  private static final UUID OTHER = UUID.randomUUID();

  private TestLake lake;

  @BeforeEach
  void aLedger(TestLake given) {
    lake = given;
  }

  @Test
  void onlyOneDriverHoldsTheLeaseOfAPipeline() {
    try (LeaseKeeper keeper = take(RUN).orElseThrow()) {
      assertThat(take(OTHER)).as("another run").isEmpty();
      assertThat(take(RUN)).as("another driver of the same run").isEmpty();
      assertThat(LeaseKeeper.holder(lake.database(), "flights")).contains(RUN);
      assertThat(keeper.handedOver()).isFalse();
      LeaseKeeper.tryTake(lake.database(), "weather", OTHER).orElseThrow().close();
    }
    assertThat(LeaseKeeper.holder(lake.database(), "flights")).as("it was given up").isEmpty();
    take(OTHER).orElseThrow().close();
  }

  @Test
  void ofManyAtOnceOneGetsIt() {
    List<CompletableFuture<Optional<LeaseKeeper>>> tries =
        IntStream.range(0, 4)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> take(UUID.randomUUID())))
            .toList();
    List<LeaseKeeper> winners =
        tries.stream().map(CompletableFuture::join).flatMap(Optional::stream).toList();
    assertThat(winners).hasSize(1);
    winners.get(0).close();
  }

  @Test
  void aKilledDriverFreesItsLeaseAtOnce() {
    LeaseKeeper dead = take(RUN).orElseThrow();
    killHolder();
    try (LeaseKeeper next = take(OTHER).orElseThrow()) {
      assertThat(next.lease().token()).isGreaterThan(dead.lease().token());
      assertThat(next.handedOver()).as("nobody left it on purpose").isFalse();
      dead.close();
      assertThat(LeaseKeeper.holder(lake.database(), "flights"))
          .as("a dead driver gives up nothing that is not its own")
          .contains(OTHER);
    }
  }

  @Test
  void aLeaseWithoutHeartbeatsExpires() {
    try (LeaseKeeper silent = take(RUN).orElseThrow()) {
      expire();
      assertThat(LeaseKeeper.holder(lake.database(), "flights")).isEmpty();
      take(OTHER).orElseThrow().close();
      assertThat(silent.lease().runId()).isEqualTo(RUN);
    }
  }

  @Test
  void aLeaseIsHandedOverToTheNextDriverOfTheSameRunOnly() {
    take(RUN).orElseThrow().handOver();
    assertThat(take(OTHER)).as("it waits for its run").isEmpty();
    try (LeaseKeeper next = take(RUN).orElseThrow()) {
      assertThat(next.handedOver()).isTrue();
      assertThat(take(RUN)).as("it is held again").isEmpty();
    }
  }

  @Test
  void aLeaseThatNobodyTookOverExpires() {
    take(RUN).orElseThrow().handOver();
    expire();
    try (LeaseKeeper late = take(RUN).orElseThrow()) {
      assertThat(late.handedOver()).as("another run may have been here").isFalse();
    }
  }

  @Test
  void closingAfterTheHandOverTakesNothingBack() {
    LeaseKeeper keeper = take(RUN).orElseThrow();
    keeper.handOver();
    keeper.close();
    assertThat(LeaseKeeper.holder(lake.database(), "flights")).contains(RUN);
  }

  @Test
  void aDriverThatLostItsLeaseCannotPublish() {
    LeaseKeeper zombie = take(RUN).orElseThrow();
    String branch = lake.newBranch();
    killHolder();
    take(OTHER).orElseThrow().close();
    assertThatThrownBy(
            () ->
                new Publisher(lake.database())
                    .publish(branch, zombie.lease(), Set.of(), (transaction, release) -> {}))
        .hasMessageContaining("another driver took the lease of the pipeline (pipeline=flights");
    zombie.close();
  }

  @Test
  void aHolderWhoseConnectionBrokeGetsItsLeaseBackIfNobodyTookIt() {
    try (LeaseKeeper keeper = take(RUN).orElseThrow()) {
      killHolder();
      keeper.beat();
      keeper.require();
      assertThat(take(OTHER)).as("it is held again").isEmpty();
    }
    assertThat(LeaseKeeper.holder(lake.database(), "flights")).isEmpty();
  }

  @Test
  void aHolderWhoseConnectionBrokeLearnsThatAnotherDriverWasFaster() {
    try (LeaseKeeper keeper = take(RUN).orElseThrow()) {
      killHolder();
      try (LeaseKeeper next = take(OTHER).orElseThrow()) {
        keeper.beat();
        assertThatThrownBy(keeper::require).hasMessageContaining("another driver took the lease");
        next.beat();
        next.require();
      }
    }
  }

  @Test
  void aBrokenConnectionDoesNotKeepALeaseFromBeingHandedOver() {
    LeaseKeeper keeper = take(RUN).orElseThrow();
    killHolder();
    keeper.handOver();
    keeper.beat();
    try (LeaseKeeper next = take(RUN).orElseThrow()) {
      assertThat(next.handedOver()).isTrue();
    }
  }

  @Test
  void theConnectionOfALeaseEndsWithIt() {
    LeaseKeeper keeper = take(RUN).orElseThrow();
    String alive =
        "SELECT pid::text FROM pg_stat_activity WHERE pid = "
            + LedgerRows.strings(lake, "SELECT backend_pid::text FROM afp.lease").get(0);
    assertThat(LedgerRows.strings(lake, alive)).hasSize(1);
    keeper.close();
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(LedgerRows.strings(lake, alive))
                    .as("in a pool, it would keep a lease alive that could not be deleted")
                    .isEmpty());
  }

  private Optional<LeaseKeeper> take(UUID run) {
    return LeaseKeeper.tryTake(lake.database(), "flights", run);
  }

  private void killHolder() {
    LedgerRows.strings(lake, "SELECT pg_terminate_backend(backend_pid, 5000)::text FROM afp.lease");
  }

  private void expire() {
    lake.database()
        .useTransaction(h -> h.execute("UPDATE afp.lease SET expires_at = now() - interval '1 s'"));
  }
}
