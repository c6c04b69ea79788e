package io.afp.ingestion.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.ledger.Phase;
import io.afp.core.testing.TestProject;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a source is said with a code, a fix and no secret. */
class SourceFailuresTest {

  private static final String TABLE =
      """
      from: { jdbc: { connection: crm, %s } }
      columns: { id: { type: int }, name: { type: string } }
      """;

  @TempDir private Path root;
  private final TestSource source = new TestSource();
  private TestProject project;

  @BeforeEach
  void open() {
    project = source.in(new TestProject(root, "")).table("raw.t", TABLE.formatted("table: t"));
    source.execute("CREATE TABLE t AS SELECT 1 AS id, 'a' AS name, 'x' AS \"Other\"");
  }

  @AfterEach
  void close() {
    project.close();
    source.close();
  }

  private void fails(int exit, String message) {
    JsonNode report = project.run(List.of(Phase.INGEST));
    assertThat(report.get("exit").asInt()).as(report.toString()).isEqualTo(exit);
    assertThat(TestProject.problems(report)).singleElement().asString().contains(message);
    assertThat(report.toString()).doesNotContain("geheim");
    assertThat(project.ledger("select id::text from afp.release")).isEmpty();
  }

  @Test
  void aMissingColumnNamesThoseThatAreThere() {
    source.execute("ALTER TABLE t RENAME name TO title");
    fails(
        78,
        "AFP-JDBC-003 Cannot read source raw.t: it has no column name (source=crm/t, columns=Other, id, title)");
  }

  @Test
  void aMissingTableIsNamed() {
    source.execute("DROP TABLE t");
    fails(78, "AFP-JDBC-003 Cannot read source raw.t: ERROR: relation \"t\" does not exist");
  }

  @Test
  void aConnectionThatIsNotDefinedIsNamed() {
    project.table("raw.t", TABLE.replace("crm", "erp").formatted("table: t"));
    fails(78, "AFP-JDBC-006 Cannot read source raw.t: connection erp is not defined (known=crm)");
  }

  @Test
  void aServiceIsNoDatabase() {
    TestSource.in(project, "uri: \"https://rates.example/v1?key=geheim\"");
    fails(
        78,
        "AFP-JDBC-006 Cannot connect to crm: it is a service and no database (uri=https://rates.example/v1");
  }

  @Test
  void aDriverThatIsNotThereIsNamed() {
    TestSource.in(project, "uri: \"jdbc:oracle:thin:scott/geheim@//db\"");
    fails(78, "AFP-JDBC-005 Cannot connect to crm: there is no driver for it on the class path");
    TestSource.in(project, "uri: \"%s\", driver: com.acme.Driver".formatted(source.uri()));
    fails(78, "driver=com.acme.Driver");
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsNamed() throws IOException {
    int port;
    try (ServerSocket taken = new ServerSocket(0)) {
      port = taken.getLocalPort();
    }
    TestSource.in(
        project, "uri: \"jdbc:postgresql://127.0.0.1:%d/crm?password=geheim\"".formatted(port));
    fails(69, "AFP-JDBC-001 Cannot connect to crm: ");
  }

  @Test
  void anAccountWithoutTheRightIsRefused() {
    source.execute("CREATE ROLE afp_no_right LOGIN PASSWORD 'geheim'");
    try {
      TestSource.in(
          project,
          "uri: \"%s\", user: afp_no_right, password: geheim"
              .formatted(source.uri().replaceFirst("\\?.*", "")));
      fails(77, "AFP-JDBC-002 Cannot read source raw.t: ERROR: permission denied for table t");
      source.execute("GRANT SELECT ON t TO afp_no_right", "ALTER ROLE afp_no_right NOLOGIN");
      fails(
          77,
          "AFP-JDBC-002 Cannot connect to crm: FATAL: role \"afp_no_right\" is not permitted to log in");
    } finally {
      source.execute("DROP OWNED BY afp_no_right", "DROP ROLE afp_no_right");
    }
  }

  @Test
  void aQueryThatFailsOnARowIsTheFaultOfTheData() {
    project.table("raw.t", TABLE.formatted("query: 'SELECT 1 / (id - 1) AS id, name FROM t'"));
    fails(65, "AFP-JDBC-004 Cannot read source raw.t: ERROR: division by zero");
  }

  @Test
  void anIntervalColumnOfAnotherTypeIsRefused() {
    project.file("p/pipeline.yaml", "pipeline: p\ninterval: { unit: day, zone: UTC }\n");
    project.table(
        "raw.t",
        """
        from: { jdbc: { connection: crm, table: t } }
        columns: { id: { type: int }, name: { type: date } }
        partition_by: [name]
        write: { interval_column: name }
        """);
    JsonNode report = project.run(List.of(Phase.INGEST), "--interval", "2024-01-01");
    assertThat(TestProject.problems(report))
        .singleElement()
        .asString()
        .contains(
            "AFP-JDBC-003 Cannot read raw.t by interval: column name of the source is not of the declared type (type=text, declared=date)");
  }
}
