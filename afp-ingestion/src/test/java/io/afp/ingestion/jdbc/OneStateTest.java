package io.afp.ingestion.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.ledger.Phase;
import io.afp.core.testing.TestProject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others do while a source is read. A reader waits where a function asks for a lock. */
class OneStateTest {

  private static final String TABLE =
      """
      from:
        jdbc:
          connection: crm
          query: SELECT id, held(id, amount) AS amount FROM account
          split_by: id
          splits: 4
      columns: { id: { type: int }, amount: { type: int } }
      """;

  @TempDir private Path root;
  private final TestSource source = new TestSource();
  private TestProject project;

  @BeforeEach
  void open() {
    project = source.in(new TestProject(root, "")).table("raw.account", TABLE);
    source.execute(
        "CREATE TABLE account AS SELECT i AS id, 100 AS amount FROM generate_series(1, 100) i",
        """
        CREATE FUNCTION held(id int, amount int) RETURNS int LANGUAGE plpgsql STABLE AS $$
        BEGIN
          IF id IN (20, 40, 60, 80) THEN PERFORM pg_advisory_lock_shared(id), pg_advisory_unlock_shared(id); END IF;
          RETURN amount;
        END $$
        """);
  }

  @AfterEach
  void close() {
    project.close();
    source.close();
  }

  private CompletableFuture<JsonNode> run() {
    return CompletableFuture.supplyAsync(() -> project.run(List.of(Phase.INGEST)));
  }

  /** Takes locks at which readers wait, and comes back when two of them do. */
  private void lock(Statement holder) throws SQLException {
    holder.execute(
        "SELECT pg_advisory_lock(20), pg_advisory_lock(40), pg_advisory_lock(60), pg_advisory_lock(80)");
  }

  private void awaitReaders() {
    Awaitility.await().until(() -> waiting().size() >= 2);
  }

  private List<String> waiting() {
    return source.ask(
        "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()");
  }

  @Test
  void allReadersSeeOneStateWhateverIsCommittedBetweenThem() throws SQLException {
    try (Connection connection = source.connect();
        Statement holder = connection.createStatement()) {
      lock(holder);
      CompletableFuture<JsonNode> run = run();
      awaitReaders();
      source.execute(
          "UPDATE account SET amount = 0 WHERE id <= 50",
          "UPDATE account SET amount = 200 WHERE id > 50",
          "DELETE FROM account WHERE id = 99",
          "INSERT INTO account VALUES (101, 1)");
      holder.execute("SELECT pg_advisory_unlock_all()");
      JsonNode report = run.join();
      assertThat(report.get("exit").asInt()).as(report.toString()).isZero();
    }
    assertThat(
            project.lake("select count(*), sum(amount), min(amount), max(amount) from raw.account"))
        .containsExactly("100 10000 100 100");
  }

  @Test
  void aTableThatIsReadCanNotBeDroppedOrAltered() throws SQLException {
    try (Connection connection = source.connect();
        Statement holder = connection.createStatement()) {
      lock(holder);
      CompletableFuture<JsonNode> run = run();
      awaitReaders();
      for (String change :
          List.of("DROP TABLE account CASCADE", "ALTER TABLE account DROP amount")) {
        assertThatThrownBy(() -> source.execute("SET lock_timeout = '10ms'", change))
            .hasMessageContaining("lock timeout");
      }
      holder.execute("SELECT pg_advisory_unlock_all()");
      assertThat(run.join().get("exit").asInt()).isZero();
    }
  }

  @Test
  void aSourceThatDiesHalfWayChangesNothingAndIsReadAgain() throws SQLException {
    JsonNode report;
    try (Connection connection = source.connect();
        Statement holder = connection.createStatement()) {
      lock(holder);
      CompletableFuture<JsonNode> run = run();
      awaitReaders();
      source.ask(
          """
          SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE datname = current_database() AND application_name = 'afp'
          """);
      report = run.join();
    }
    assertThat(report.get("exit").asInt()).as(report.toString()).isEqualTo(69);
    assertThat(TestProject.problems(report))
        .singleElement()
        .asString()
        .startsWith("AFP-JDBC-001 Cannot read source raw.account: ");
    assertThat(project.ledger("select id::text from afp.release")).isEmpty();

    assertThat(run().join().get("exit").asInt()).isZero();
    assertThat(project.lake("select count(*), sum(amount) from raw.account"))
        .containsExactly("100 10000");
  }
}
