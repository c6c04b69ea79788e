package io.afp.transform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.ledger.Phase;
import io.afp.core.testing.TestProject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A query that gives rows to merge has no intervals and no files: what checks kept out stays until
 * it gives the same row again, as the rows of its table stay.
 */
class QuarantineOfModelsTest {

  @TempDir private Path root;
  private TestProject project;

  @BeforeEach
  void open() {
    project = new TestProject(root, "");
  }

  @AfterEach
  void close() {
    project.close();
  }

  private void gives(String mode, String check, String rows) {
    project.model(
        "core.t",
        """
        columns:
          id:     { type: int }
          at:     { type: date }
          amount: { type: int, checks: [ %s ] }
        key: [id]
        write: { mode: %s, as_of: at }
        """
            .formatted(check, mode),
        "select * from values %s as t(id, at, amount)".formatted(rows));
  }

  private static String upTo(int most) {
    return "{ between: [0, %d], quarantine: true }".formatted(most);
  }

  private JsonNode run(String... more) {
    JsonNode report = project.run(List.of(Phase.TRANSFORM, Phase.QUALITY), more);
    assertThat(report.get("outcome").asText()).as(report.toString()).isEqualTo("published");
    return report;
  }

  private List<String> rows() {
    return project.lake("select id, at, amount from core.t");
  }

  private List<String> keptOut() {
    return project.lake("select get_json_object(record, '$.amount') from core.t__quarantine");
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(strings = {"upsert", "scd2"})
  void staysUntilTheSameRowIsGivenAgain(String mode) {
    gives(mode, upTo(100), "(1, date'2024-01-01', 1), (2, date'2024-01-01', 500)");
    run();
    gives(mode, upTo(100), "(2, date'2024-01-02', 2), (3, date'2024-01-02', 600)");
    run();
    assertThat(keptOut()).as("2 of another time is another row").containsExactly("500", "600");

    gives(mode, upTo(100), "(3, date'2024-01-02', 60)");
    run();
    assertThat(keptOut()).containsExactly("500");
    gives(mode, "{ between: [0, 100], severity: warn }", "(3, date'2024-01-02', 60)");
    run();
    assertThat(keptOut()).as("no check keeps rows out, and 2 was not read").hasSize(1);
    gives(mode, upTo(1000), "(3, date'2024-01-02', 60)");
    run("--replay-quarantine", "core.t");

    assertThat(keptOut()).isEmpty();
    List<String> newest = List.of("1 2024-01-01 1", "2 2024-01-02 2", "3 2024-01-02 60");
    assertThat(rows()).containsAll(newest).hasSize(mode.equals("scd2") ? 4 : 3);
  }

  @Test
  void isTakenOutWhenNoCheckKeepsItOutAnyMore() {
    gives("upsert", upTo(100), "(1, date'2024-01-01', 500), (2, date'2024-01-01', 600)");
    run();
    gives("upsert", "{ between: [0, 100], severity: warn }", "(1, date'2024-01-01', 500)");
    run();

    assertThat(rows()).containsExactly("1 2024-01-01 500");
    assertThat(keptOut()).as("1 is in the table").containsExactly("600");
  }

  @Tag("long")
  @Test
  void aRowThatCantBeMergedStaysAndTheOthersGetIn() {
    gives(
        "upsert",
        upTo(100),
        "(1, date'2024-01-01', 500), (null, date'2024-01-01', 600), (3, null, 700)");
    run();
    assertThat(keptOut()).hasSize(3);

    gives("upsert", upTo(1000), "(4, date'2024-01-01', 4)");
    run("--replay-quarantine", "core.t");

    assertThat(rows()).containsExactly("1 2024-01-01 500");
    assertThat(keptOut()).containsExactly("600", "700");
    gives("upsert", upTo(100), "(cast(null as int), date'2024-01-01', 600)");
    run();
    assertThat(keptOut()).as("it is one row").containsExactly("600", "700");
  }

  @Test
  void rowsWithoutAKeyOrATimeAreNotTakenForOneAnother() {
    String noKey = "(cast(null as int), date'2024-01-01', %d), ";
    String noTime = "(3, cast(null as date), %d)";
    gives("upsert", upTo(100), noKey.formatted(600) + noTime.formatted(700));
    run();
    project
        .lake()
        .publish(
            "UPDATE core.t__quarantine SET record = replace(record, '\"id\":3', '\"id\":\"x\"')");
    String neither = ", (null, null, 700)";
    gives("upsert", upTo(100), noKey.formatted(800) + noTime.formatted(900) + neither);
    run();

    assertThat(keptOut()).containsExactly("600", "700", "700", "800", "900");
    String more = ", (7, date'2024-01-01', 7)";
    gives("upsert", upTo(100), noKey.formatted(800) + noTime.formatted(900) + neither + more);
    run();
    assertThat(keptOut()).as("each is one row").hasSize(5);
  }

  @Test
  void aDeletionOfTheSameTimeTakesNoRowOut() {
    givesOrDeletes("(1, date'2024-01-01', 600, false), (2, date'2024-01-01', 2, false)");
    run();
    givesOrDeletes("(1, date'2024-01-01', 600, true), (2, date'2024-01-02', 2, true)");
    run();

    assertThat(keptOut()).containsExactly("600");
    assertThat(rows()).isEmpty();
  }

  private void givesOrDeletes(String rows) {
    project.model(
        "core.t",
        """
        columns:
          id:     { type: int }
          at:     { type: date }
          amount: { type: int, checks: [ %s ] }
          gone:   { type: boolean }
        key: [id]
        write: { mode: upsert, as_of: at, delete_flag: gone }
        """
            .formatted(upTo(100)),
        "select * from values %s as t(id, at, amount, gone)".formatted(rows));
  }

  @ParameterizedTest
  @ValueSource(strings = {"key: [id]", "description: no key"})
  void whatDiffersFromTimeToTimeBesideWhatIsJudgedDoesNotMatter(String more) {
    project.model(
        "core.t",
        """
        columns:
          id:     { type: int }
          amount: { type: int, checks: [ %s ] }
          loaded: { type: timestamp }
        %s
        """
            .formatted(upTo(100), more),
        "select *, current_timestamp() as loaded from values (1, 1), (2, 500) as t(id, amount)");
    run();

    assertThat(keptOut()).containsExactly("500");
  }

  @Test
  void aRowThatStaysForTheSameReasonsIsAsOldAsItWas() {
    String checks = "{ below: %d, quarantine: true }, { above: 0, quarantine: true }";
    String rows =
        "(1, date'2024-01-01', 500), (2, date'2024-01-01', -5), (3, date'2024-01-01', 5000)";
    gives("upsert", checks.formatted(100), rows);
    run();
    List<String> same = judged("-5");
    List<String> other = judged("5000");
    gives("upsert", checks.formatted(1000), rows);
    run("--replay-quarantine", "core.t");

    assertThat(keptOut()).containsExactly("-5", "5000");
    assertThat(judged("-5")).isEqualTo(same);
    assertThat(judged("5000")).as("it breaks another bound").isNotEqualTo(other).hasSize(1);
  }

  private List<String> judged(String amount) {
    return project.lake(
        "select run_id, quarantined_at from core.t__quarantine where record like '%%:%s}'"
            .formatted(amount));
  }
}
