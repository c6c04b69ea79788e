package io.afp.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.catalog.Publisher;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.TableBuilder;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LakeExtension.class)
class OwnershipTest {

  private static final TableName TABLE = TableName.parse("core.a");

  @Test
  void thePipelineThatWritesATableFirstOwnsIt(TestLake lake) {
    publish(lake, "flights");
    publish(lake, "flights");
    assertThat(owners(lake)).containsExactly("core.a flights");
  }

  @Test
  void anotherPipelineIsRefusedWhole(TestLake lake) {
    publish(lake, "flights");
    assertThatThrownBy(() -> publish(lake, "weather"))
        .isInstanceOfSatisfying(
            AfpException.class, e -> assertThat(e.code().code()).isEqualTo("AFP-CAT-003"))
        .hasMessageContaining("core.a belongs to flights");
    assertThat(owners(lake)).containsExactly("core.a flights");
    assertThat(LedgerRows.strings(lake, "SELECT state FROM afp.branch ORDER BY created_at"))
        .as("the refused branch stays open")
        .containsExactly("published", "open");
  }

  @Test
  void anotherPipelineIsToldBeforeItDoesAnything(TestLake lake) {
    publish(lake, "flights");
    DoneUnits done = new DoneUnits(lake.database());
    TableBuilder table = TableDef.named("core.a").sql("select 1 as a").column("a", "int");
    done.requireOwn(PipelineDef.named("flights").table(table).build());
    PipelineDef stranger = PipelineDef.named("weather").table(table).build();
    assertThatThrownBy(() -> done.requireOwn(stranger))
        .hasMessageContaining("Cannot run pipeline weather")
        .hasMessageContaining("core.a belongs to flights");
  }

  @Test
  void readingATableDoesNotClaimIt(TestLake lake) {
    LedgerRows ledger = new LedgerRows(lake);
    AttemptRecord attempt = ledger.attempt("flights");
    ledger.step(attempt, TABLE, List.of(), Set.of(TABLE), Set.of());
    publish(lake, attempt, "flights");
    assertThat(owners(lake)).isEmpty();
  }

  private static void publish(TestLake lake, String pipeline) {
    LedgerRows ledger = new LedgerRows(lake);
    AttemptRecord attempt = ledger.attempt(pipeline);
    ledger.step(attempt, TABLE, List.of(), Set.of(), Set.of(TABLE));
    publish(lake, attempt, pipeline);
  }

  private static void publish(TestLake lake, AttemptRecord attempt, String pipeline) {
    lake.branches().create(attempt.branch());
    try (LeaseKeeper keeper =
        LeaseKeeper.tryTake(lake.database(), pipeline, attempt.runId()).orElseThrow()) {
      new Publisher(lake.database())
          .publish(
              attempt.branch(),
              keeper.lease(),
              Set.of(),
              (transaction, release) -> DoneUnits.publish(transaction, attempt, pipeline, release));
    }
  }

  private static List<String> owners(TestLake lake) {
    return LedgerRows.strings(
        lake,
        "SELECT table_namespace || '.' || table_name || ' ' || pipeline FROM afp.owned_table");
  }
}
