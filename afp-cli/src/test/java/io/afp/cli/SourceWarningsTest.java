package io.afp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceWarningsTest {

  @Test
  void theStatusWarnsOfSourcesThatAreNotWhatWasLoaded(@TempDir Path folder) {
    TestProjectFolder project = TestProjectFolder.withLedger(folder);
    project.execute(
        """
        INSERT INTO afp.release (id, branch) VALUES (1, 'run_1_1');
        INSERT INTO afp.run (id, pipeline, request, restate, state, release_id)
        VALUES ('11111111-aaaa-4aaa-8aaa-000000000001', 'shop', '2024-01', false, 'succeeded', 1);
        INSERT INTO afp.owned_table VALUES ('raw', 'orders', 'shop');
        INSERT INTO afp.done (table_namespace, table_name, unit, definition_hash, inputs, release_id, run_id)
        SELECT 'raw', 'orders', '2024-01-0' || n, 'h', '{}', 1, '11111111-aaaa-4aaa-8aaa-000000000001' FROM generate_series(1, 6) n;
        INSERT INTO afp.source_change (table_namespace, table_name, unit, kind, name, was)
        SELECT 'raw', 'orders', '2024-01-0' || n, 'late', n || 'b.csv', NULL FROM generate_series(1, 5) n UNION ALL
        SELECT 'raw', 'orders', '2024-01-06', 'renamed', 'b.csv', 'a.csv';
        """);

    JsonNode found = project.afp("status --json").json().path("diagnostics");
    assertThat(found.findValuesAsText("code")).containsExactly("AFP-ING-040", "AFP-ING-041");
    assertThat(found.findValuesAsText("message"))
        .containsExactly(
            "The source of raw.orders of pipeline shop is not what was loaded, and is left alone (2024-01-01: 1b.csv is new,"
                + " 2024-01-02: 2b.csv is new, 2024-01-03: 3b.csv is new, 2024-01-04: 4b.csv is new, 2024-01-05: 5b.csv is new)",
            "Files of raw.orders of pipeline shop that were loaded have other names now (2024-01-06: a.csv is called b.csv now)");
    assertThat(project.afp("status").succeeded().err())
        .contains("warning AFP-ING-040", "warning AFP-ING-041");
    project.execute("DELETE FROM afp.done");
    assertThat(project.afp("status --json").json().path("diagnostics")).isEmpty();
  }
}
