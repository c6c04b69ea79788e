package io.afp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What documents say of rules and of what was run. */
class SyncCommandTest {

  private static final String RUN = "22222222-aaaa-4aaa-8aaa-000000000002";
  private static final String RULES = "docs/quality/rules.md";
  private static final String RESULTS = "agent-prompts/progress/quality_results.md";

  private TestProjectFolder project;

  @BeforeEach
  void aProjectWithAProcessAndOneRun(@TempDir Path folder) {
    project = TestProjectFolder.withLedger(folder);
    project.write("planes/pipeline.yaml", "pipeline: planes\nowner: fleet\n");
    project.write(
        "planes/tables/core/plane.yaml",
        """
        columns:
          id:   { type: int, required: true, checks: [ { between: [1, 9], at_least: 99.5%, severity: warn } ] }
          kind: { type: string, checks: [ { in: [a, "b|c"] } ] }
        checks:
          - { rows: { min: 1 } }
        """);
    project.write("planes/tables/core/plane.sql", "select 1 as id, 'a' as kind\n");
    project.execute(
        """
        INSERT INTO afp.run (id, pipeline, request, restate, state, error_code, error_message, created_at, ended_at) VALUES
          ('%1$s', 'planes', 'all', false, 'failed', 'AFP-QUA-001', 'no', '2013-03-01 03:00:00Z', '2013-03-01 03:01:00Z');
        INSERT INTO afp.attempt (run_id, number, branch, started_at, ended_at) VALUES
          ('%1$s', 1, 'run_2_1', '2013-03-01 03:00:30Z', '2013-03-01 03:01:00Z');
        INSERT INTO afp.check_result (run_id, attempt, table_namespace, table_name, check_name, rule, severity, status, rows_judged,
          rows_failed, required_share, origin, message) VALUES
          ('%1$s', 1, 'core', 'plane', 'core.plane.id.between', 'between', 'warn', 'warned', 997, 12, 1, 'write', 'no'),
          ('%1$s', 1, 'core', 'elsewhere', 'core.elsewhere.key', 'key', 'error', 'passed', 997, 0, 1, 'write', 'fine');
        """
            .formatted(RUN));
    project.afp("adopt").succeeded();
  }

  @Test
  void everyRuleIsInTheCatalogueWithItsThreshold() {
    assertThat(text(RULES))
        .contains(
            "| core.plane.id.required | id | required | all rows | error | fleet |",
            "| core.plane.id.between | id | between min 1, max 9 | at least 99.5% of the rows | warn | fleet |",
            "| core.plane.kind.in | kind | in values [a, b\\|c] | all rows | error | fleet |",
            "| core.plane.rows |  | rows min 1 | as the rule says | error | fleet |");
    String table = "planes/tables/core/plane.yaml";
    project.write(table, text(table).replace("99.5%", "98%"));

    assertThat(project.afp("sync --check").endedWith(65).out()).containsPattern(RULES + " +behind");
    project.afp("sync").succeeded();

    assertThat(text(RULES)).contains("at least 98% of the rows").doesNotContain("99.5%");
  }

  @Test
  void resultsAreRenewedOnlyWhereTheLedgerIsAsked() {
    project.afp("sync").succeeded();
    assertThat(text(RESULTS)).doesNotContain(RUN);

    project.afp("sync --runs").succeeded();

    assertThat(text(RESULTS))
        .contains(
            "| `core.plane` | core.plane.id.between | warned | 12 | 997 | `%s` | 2013-03-01T03:00:30Z |"
                .formatted(RUN))
        .doesNotContain("elsewhere");
    project.write("afp.yaml", "lake: { uri: \"jdbc:postgresql://localhost:1/none\" }\n");
    project.afp("sync --check").succeeded();
    project.afp("sync").succeeded();
    assertThat(text(RESULTS)).contains(RUN);
    assertThat(project.afp("sync --runs").endedWith(69).err()).contains("AFP-LED-001");
  }

  private String text(String file) {
    try {
      return Files.readString(project.root().resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
