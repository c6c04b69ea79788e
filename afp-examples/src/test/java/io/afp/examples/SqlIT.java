package io.afp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code afp sql} answers from Postgres and from the lake, and changes neither. */
@ExtendWith(January.class)
@Tag("long")
class SqlIT {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO mart.carrier_day (carrier) VALUES ('XX')",
        "DELETE FROM mart.carrier_day",
        "DROP TABLE mart.carrier_day",
        "UPDATE afp.run SET state = 'failed' RETURNING *",
        "WITH gone AS (DELETE FROM mart.carrier_day RETURNING *) SELECT * FROM gone",
        "SET TRANSACTION READ WRITE; DELETE FROM mart.carrier_day RETURNING *",
        "COMMIT; DROP TABLE mart.carrier_day",
        "COMMIT; DELETE FROM mart.carrier_day RETURNING *",
        "COPY mart.carrier_day TO PROGRAM 'cat > stolen'",
        "DO $$ BEGIN DELETE FROM mart.carrier_day; END $$"
      })
  void aStatementThatChangesPostgresIsRefused(String statement, ProjectCopy project) {
    List<String> before = project.rows("SELECT * FROM mart.carrier_day");

    Command.Ended ended = project.afp("sql", "--json", statement);

    assertThat(ended.exitCode()).as("%s", ended).isIn(64, 77);
    assertThat(ended.codes()).hasSize(1);
    assertThat(project.rows("SELECT * FROM mart.carrier_day")).isEqualTo(before).isNotEmpty();
    assertThat(project.rows("SELECT 1 FROM afp.run WHERE state = 'failed'")).isEmpty();
  }

  @Test
  void valuesOfPostgresKeepTheirTypes(ProjectCopy project) {
    Command.Ended ended =
        project.afp(
            "sql",
            "--json",
            "SELECT 1 AS i, 2.5 AS n, true AS b, 'x' AS t, DATE '2013-01-01' AS d, NULL AS z, 'NaN'::float8 AS f;");

    assertThat(ended.succeeded().json().at("/data/rows/0").toString())
        .isEqualTo("[1,2.5,true,\"x\",\"2013-01-01\",null,\"NaN\"]");
    assertThat(ended.json().at("/data/columns/0/name").asText()).isEqualTo("i");
  }

  @Test
  void aWrongQueryIsTheFaultOfTheCaller(ProjectCopy project) {
    Command.Ended ended = project.afp("sql", "--json", "SELECT nothing FROM nowhere");

    assertThat(ended.endedWith(64).codes()).containsExactly("AFP-CLI-004");
    assertThat(ended.out()).contains("nowhere");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE core.mine AS SELECT 1 AS one",
        "WITH f AS (SELECT * FROM core.flight) INSERT INTO core.flight SELECT * FROM f",
        "FROM core.flight INSERT INTO core.flight SELECT * INSERT INTO core.flight SELECT *",
        "CACHE TABLE core.flight",
        "CREATE GLOBAL TEMPORARY VIEW leak AS SELECT * FROM core.flight"
      })
  void aStatementThatChangesTheLakeIsRefused(String statement, ProjectCopy project) {
    List<String> before = new Ledger(project).pointers();

    Command.Ended ended = new Here(project).ask(statement);

    assertThat(ended.endedWith(64).codes()).containsExactly("AFP-CLI-003");
    assertThat(new Ledger(project).pointers()).isEqualTo(before);
  }

  @Test
  void theCommandSaysThatAStatementIsRefused(ProjectCopy project) {
    List<String> before = new Ledger(project).pointers();
    String statement = "INSERT INTO core.flight SELECT * FROM core.flight";

    Command.Ended ended = project.afp("sql", "--lake", "--json", statement);

    assertThat(ended.endedWith(64).codes()).containsExactly("AFP-CLI-003");
    assertThat(new Ledger(project).pointers()).isEqualTo(before);
  }

  @Test
  void aReleaseShowsTheLakeAsItWas(ProjectCopy project) {
    String sql = "SELECT count(*) FROM core.flight";

    assertThat(project.afp("sql", "--lake", "--json", "--release", "1", sql).rows())
        .containsExactly(Integer.toString(January.ROWS));
    assertThat(new Here(project).ask(sql).rows())
        .containsExactly(Integer.toString(2 * January.ROWS));
    assertThat(project.rows("SELECT name FROM afp.branch WHERE state = 'read'")).isEmpty();
  }

  @Test
  void theJvmOfTheDriverHasTheOptionsOfTheProject(ProjectCopy project) {
    String sql = "SELECT java_method('java.lang.System', 'getProperty', 'java.vm.info')";

    assertThat(project.afp("sql", "--lake", "--json", sql).succeeded().out())
        .as("what a JVM calls itself that stops at the first compiler")
        .contains("emulated-client");
  }

  @Test
  void theDriverIsInTheEnvironmentThatWasNamed(ProjectCopy project) throws IOException {
    List<String> before = January.traces(project);

    project.afp("sql", "--lake", "--json", "--env", January.TRACED, "SELECT 1").succeeded();

    assertThat(January.traces(project)).hasSize(before.size() + 1);
  }

  @Test
  void aBranchOrReleaseThatIsNotThereIsSaidToBeUnknown(ProjectCopy project) {
    Command.Ended branch = new Here(project).ask("SELECT 1", "--branch", "mine");
    Command.Ended release = new Here(project).ask("SELECT 1", "--release", "99");

    assertThat(branch.endedWith(64).codes()).containsExactly("AFP-CAT-004");
    assertThat(release.endedWith(64).codes()).containsExactly("AFP-CAT-005");
  }

  @Test
  void aStateOfTheLakeIsNoAnswerOfPostgres(ProjectCopy project) {
    assertThat(project.afp("sql", "--json", "--branch", "mine", "SELECT 1").endedWith(64).codes())
        .containsExactly("AFP-CLI-001");
  }
}
