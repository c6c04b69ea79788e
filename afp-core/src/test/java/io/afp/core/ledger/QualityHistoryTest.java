package io.afp.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.CheckBuilder;
import io.afp.core.definition.TableDef;
import io.afp.core.measure.Comoments;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LakeExtension.class)
class QualityHistoryTest {

  private TestLake lake;
  private LedgerRows ledger;
  private QualityHistory history;

  @BeforeEach
  void aLedger(TestLake given) {
    lake = given;
    ledger = new LedgerRows(lake);
    history = new QualityHistory(lake.database());
  }

  @Test
  void onlyTheLastVerdictsOfATableCount() {
    AttemptRecord first = ledger.attempt("flights");
    judge(first, "core", "flight", "old");
    judge(first, "core", "plane", "kept");
    AttemptRecord second = ledger.attempt("flights");
    judge(second, "core", "flight", "new");

    assertThat(history.lastVerdicts(Optional.empty()))
        .extracting(judged -> judged.check().name() + " " + judged.run())
        .containsExactly("new " + second.runId(), "kept " + first.runId());
  }

  @Test
  void verdictsAreThoseOfATableOrOfAPipeline() {
    judge(ledger.attempt("flights"), "core", "flight", "of flights");
    judge(ledger.attempt("weather"), "core", "weather", "of weather");

    assertThat(history.lastVerdicts(Optional.of("core.weather"))).hasSize(1);
    assertThat(history.lastVerdicts(Optional.of("weather"))).hasSize(1);
    assertThat(history.lastVerdicts(Optional.of("core.plane"))).isEmpty();
  }

  @Test
  void rejectsOfTheNewestRunComeFirstAndAnAttemptThatWasRepeatedIsNotCountedTwice() {
    AttemptRecord first = ledger.attempt("flights");
    reject(first, "tailnum", 3);
    AttemptRecord repeated = new Runs(lake.database()).newAttempt(first.runId());
    reject(repeated, "tailnum", 3);
    AttemptRecord newest = ledger.attempt("flights");
    reject(newest, "year", 1);

    assertThat(history.newestRejects(Optional.of("raw.flights"), 10))
        .extracting(r -> r.reject().column())
        .containsExactly("year", "tailnum");
    assertThat(history.newestRejects(Optional.empty(), 1)).hasSize(1);
    assertThat(history.newestRejects(Optional.of("raw.planes"), 10)).isEmpty();
  }

  @Test
  void whatWasMeasuredOfTwoColumnsIsOfTheTypesOfBoth() {
    Results results = new Results(lake.database());
    Metric metric = new Metric("core.t.correlation", "", new Comoments(2, 1, 1, 2, 2, 2));
    results.record(correlated("double"), 7, List.of(metric), "write");
    assertThat(results.metrics(correlated("double"), List.of(7L))).containsKey(metric.name());
    assertThat(results.metrics(correlated("long"), List.of(7L))).isEmpty();
  }

  private static TableDef correlated(String type) {
    Map<String, Object> of = Map.of("of", List.of("x", "y"), "between", List.of("0", "1"));
    return TableDef.named("core.t")
        .sql("select 1 x, 2 y")
        .column("x", "double")
        .column("y", type)
        .check(CheckBuilder.rule("correlation", of))
        .build();
  }

  private void judge(AttemptRecord attempt, String namespace, String table, String check) {
    lake.database()
        .useTransaction(
            handle ->
                handle.execute(
                    """
                    INSERT INTO afp.check_result (run_id, attempt, table_namespace, table_name, check_name, rule, severity, status,
                      required_share, origin, message) VALUES (?, ?, ?, ?, ?, 'rows', 'error', 'passed', 1, 'write', 'fine')
                    """,
                    attempt.runId(),
                    attempt.number(),
                    namespace,
                    table,
                    check));
  }

  private void reject(AttemptRecord attempt, String column, int rows) {
    lake.database()
        .useTransaction(
            handle ->
                handle.execute(
                    "INSERT INTO afp.reject_summary VALUES (?, ?, 'raw', 'flights', ?, 'type', ?, 'x', 'f.csv')",
                    attempt.runId(),
                    attempt.number(),
                    column,
                    rows));
  }
}
