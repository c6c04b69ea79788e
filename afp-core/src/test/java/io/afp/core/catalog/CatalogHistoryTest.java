package io.afp.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.ledger.AttemptRecord;
import io.afp.core.ledger.RunRecord;
import io.afp.core.ledger.Runs;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LakeExtension.class)
class CatalogHistoryTest {

  private TestLake lake;
  private CatalogRows rows;
  private CatalogHistory history;

  @BeforeEach
  void aCatalog(TestLake given) {
    lake = given;
    rows = new CatalogRows(lake.database());
    history = new CatalogHistory(lake.database());
  }

  @Test
  void aReleaseTellsItsRunAndTheTablesThatItChanged() {
    AttemptRecord attempt = attempt();
    lake.branches().create(attempt.branch());
    rows.create("lake@" + attempt.branch(), "core.flight", "f1");
    rows.create("lake@" + attempt.branch(), "core.airport", "a1");
    rows.publish(attempt.branch());
    lake.branches().create("by_hand");
    rows.commit("lake@by_hand", "core.flight", "f2");
    rows.publish("by_hand");

    assertThat(history.releases(10))
        .extracting(r -> r.number() + " " + r.tables())
        .containsExactly("2 [core.flight]", "1 [core.airport, core.flight]");
    assertThat(history.releases(10).get(0).run()).isEmpty();
    assertThat(history.releases(10).get(1).run())
        .contains(new CatalogHistory.RunOf(attempt.runId(), "flights"));
    assertThat(history.releases(1)).hasSize(1);
  }

  @Test
  void aReleaseTellsWhatMadeItAndWhetherItCanBeRead() {
    lake.branches().create("first");
    rows.create("lake@first", "core.flight", "f1");
    rows.publish("first");
    lake.branches().create("second");
    rows.publish("second");
    lake.database().useTransaction(handle -> ReleaseHistory.markRollback(handle, 2, 1));
    new ReleaseHistory(lake.database()).expire(List.of(1L));

    assertThat(history.releases(10))
        .extracting(r -> r.number() + " " + r.kind() + " " + r.readable())
        .containsExactly("2 rollback to 1 true", "1 run false");
  }

  @Test
  void onlyBranchesThatCanStillBeReadAreListed() {
    lake.branches().create("published");
    rows.create("lake@published", "core.flight", "f1");
    rows.publish("published");
    lake.branches().create("discarded");
    lake.branches().discard("discarded");
    AttemptRecord attempt = attempt();
    lake.branches().create(attempt.branch());
    rows.commit("lake@" + attempt.branch(), "core.flight", "f2");
    lake.branches().fence(attempt.branch());
    lake.branches().createAsOf("old", 1);

    assertThat(history.branches())
        .extracting(b -> b.name() + " " + b.state() + " " + b.tables())
        .containsExactly("old read []", attempt.branch() + " fenced [core.flight]");
    assertThat(history.branches().get(1).run())
        .contains(new CatalogHistory.RunOf(attempt.runId(), "flights"));
  }

  private AttemptRecord attempt() {
    RunRecord run = RunRecord.begun(UUID.randomUUID(), "flights", "all");
    new Runs(lake.database()).start(run);
    return new Runs(lake.database()).newAttempt(run.id());
  }
}
