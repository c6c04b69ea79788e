package io.afp.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.ledger.Database;
import io.afp.core.ledger.Database.Account;
import io.afp.core.testing.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** States of two projects are compared as a whole. */
final class StateIT {

  private final Account account = TestPostgres.ledger();

  @Test
  void whatTheLedgerComesToHaveIsCompared() {
    change(
        "CREATE TABLE afp.mood (id int, feeling text, started_at timestamptz)",
        "INSERT INTO afp.mood VALUES (1, 'null', NULL), (2, NULL, now())",
        "ALTER TABLE afp.ledger_version ADD COLUMN mood text DEFAULT 'calm'");

    assertThat(ledger())
        .containsEntry(
            "ledger mood",
            List.of(
                "{\"id\":\"1\",\"feeling\":\"null\",\"started_at\":false}",
                "{\"id\":\"2\",\"feeling\":null,\"started_at\":true}"))
        .containsEntry(
            "ledger mood columns",
            List.of("id integer", "feeling text", "started_at timestamp with time zone"))
        .hasEntrySatisfying(
            "ledger ledger_version",
            rows ->
                assertThat(rows)
                    .contains("{\"version\":\"1\",\"applied_at\":true,\"mood\":\"calm\"}"));
  }

  @Test
  void everyTableOfTheLedgerIsCompared() {
    try (Database database = Database.open(account, "afp/test")) {
      List<String> tables =
          database.inTransaction(
              handle ->
                  handle
                      .createQuery(
                          "SELECT 'ledger ' || tablename FROM pg_tables WHERE schemaname = 'afp'")
                      .mapTo(String.class)
                      .list());

      assertThat(ledger()).containsKeys(tables.toArray(String[]::new));
    }
  }

  @Test
  void whatATryLeftThatWasNotPublishedIsNotCompared() {
    change(
        """
        INSERT INTO afp.run (id, pipeline, request, restate, state)
        VALUES ('00000000-0000-0000-0000-000000000007', 'p', 'all', false, 'running')
        """,
        """
        INSERT INTO afp.attempt (run_id, number, branch)
        SELECT id, n, 'try_' || n FROM afp.run, generate_series(1, 3) n
        """,
        "INSERT INTO afp.branch (name, state) VALUES ('try_1', 'discarded'), ('try_2', 'published')",
        """
        INSERT INTO afp.step (run_id, attempt, phase, table_namespace, table_name, state, position, snapshots)
        SELECT run_id, number, 'ingest', 'raw', 'a' || number, 'finished', 1, ARRAY[number] FROM afp.attempt
        """,
        """
        INSERT INTO afp.metric (table_namespace, table_name, snapshot_id, metric, judged, state, origin)
        SELECT 'raw', 'a' || n, n, 'rows', 1, '{}', 'scan' FROM generate_series(1, 3) n
        """);

    Map<String, List<String>> ledger = ledger();

    assertThat(ledger.get("ledger attempt")).hasSize(1);
    assertThat(ledger.get("ledger branch")).hasSize(1);
    assertThat(ledger.get("ledger step"))
        .singleElement()
        .asString()
        .contains("\"run_id\":\"run 1\"", "\"table_name\":\"a2\"", "\"snapshots\":1");
    assertThat(ledger.get("ledger metric"))
        .singleElement()
        .asString()
        .contains("\"table_name\":\"a2\"");
  }

  @Test
  void whatUsersHaveIsComparedAsAWhole() {
    change(
        "CREATE SCHEMA shops",
        "CREATE TABLE shops.branch (branch text, attempt int, snapshots int[], state text)",
        "INSERT INTO shops.branch VALUES ('Bern', 2, ARRAY[7], 'discarded'), ('null', NULL, NULL, NULL)");

    try (Database database = Database.open(account, "afp/test")) {
      assertThat(DatabaseRows.served(database, Path.of("/project")))
          .containsEntry(
              "served shops.branch",
              List.of(
                  "{\"branch\":\"Bern\",\"attempt\":2,\"snapshots\":[7],\"state\":\"discarded\"}",
                  "{\"branch\":\"null\",\"attempt\":null,\"snapshots\":null,\"state\":null}"));
    }
  }

  private Map<String, List<String>> ledger() {
    try (Database database = Database.open(account, "afp/test")) {
      return DatabaseRows.ofTheLedger(database, Path.of("/project"));
    }
  }

  private void change(String... statements) {
    try (Database database = Database.open(account, "afp/test")) {
      database.useTransaction(handle -> List.of(statements).forEach(handle::execute));
    }
  }
}
