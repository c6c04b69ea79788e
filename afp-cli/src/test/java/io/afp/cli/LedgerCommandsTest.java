package io.afp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the ledger knows, as the commands tell it. */
class LedgerCommandsTest {

  private static final String FIRST = "11111111-aaaa-4aaa-8aaa-000000000001";
  private static final String FAILED = "22222222-aaaa-4aaa-8aaa-000000000002";
  private static final String WEATHER = "33333333-aaaa-4aaa-8aaa-000000000003";

  private static TestProjectFolder project;

  @BeforeAll
  static void aLedgerWithThreeRuns(@TempDir Path folder) {
    project = TestProjectFolder.withLedger(folder);
    project.write("planes/pipeline.yaml", "pipeline: planes\n");
    project.write("planes/tables/core/plane.yaml", "columns: { id: { type: int } }\n");
    project.write("planes/tables/core/plane.sql", "select 1 as id\n");
    project.execute(
        """
        INSERT INTO afp.release (id, branch, published_at) VALUES (1, 'run_1_1', '2013-02-01 03:00:31Z');
        INSERT INTO afp.release_table (release_id, table_namespace, table_name) VALUES (1, 'raw', 'flights'), (1, 'core', 'flight');
        INSERT INTO afp.run (id, pipeline, request, restate, state, release_id, error_code, error_message, created_at, ended_at) VALUES
          ('%1$s', 'flights', '2013-01', false, 'succeeded', 1, NULL, NULL, '2013-02-01 03:00:00Z', '2013-02-01 03:00:32.5Z'),
          ('%2$s', 'flights', '2013-02', false, 'failed', NULL, 'AFP-QUA-001', 'Cannot publish: check failed', '2013-03-01 03:00:00Z', '2013-03-01 03:01:00Z'),
          ('%3$s', 'weather_of_all_airports_that_there_are_in_new_york_and_far_beyond_it', '2013-01..2013-12', false, 'running', NULL, NULL, NULL, now(), NULL);
        INSERT INTO afp.lease (pipeline, token, run_id, expires_at)
        SELECT pipeline, 1, id, now() + interval '1 hour' FROM afp.run WHERE state = 'running';
        INSERT INTO afp.attempt (run_id, number, branch, started_at, ended_at) VALUES
          ('%1$s', 1, 'run_1_1', '2013-02-01 03:00:00Z', '2013-02-01 03:00:31Z'),
          ('%2$s', 1, 'run_2_1', '2013-03-01 03:00:00Z', '2013-03-01 03:00:10Z'),
          ('%2$s', 2, 'run_2_2', '2013-03-01 03:00:30Z', '2013-03-01 03:01:00Z');
        INSERT INTO afp.branch (name, state, created_at) VALUES ('run_1_1', 'published', '2013-02-01 03:00:00Z'),
          ('run_2_1', 'discarded', '2013-03-01 03:00:00Z'), ('run_2_2', 'open', '2013-03-01 03:00:30Z');
        INSERT INTO iceberg_tables VALUES ('lake@run_2_2', 'core', 'flight', 'm', NULL, 'TABLE');
        INSERT INTO afp.step (run_id, attempt, phase, table_namespace, table_name, state, position, rows_in, rows_out, rows_rejected,
          bytes_out, started_at, finished_at) VALUES ('%2$s', 2, 'ingest', 'raw', 'flights', 'finished', 1, 1000, 997, 3, 4096,
          '2013-03-01 03:00:30Z', '2013-03-01 03:00:35Z');
        INSERT INTO afp.check_result (run_id, attempt, table_namespace, table_name, check_name, rule, severity, status, rows_judged,
          rows_failed, required_share, origin, message) VALUES
          ('%2$s', 2, 'core', 'flight', 'core.flight.key', 'key', 'error', 'failed', 997, 2, 1, 'write', '2 rows break the key'),
          ('%2$s', 2, 'core', 'flight', 'core.flight.rows', 'rows', 'error', 'passed', 997, 0, 1, 'write', 'fine');
        INSERT INTO afp.reject_summary VALUES ('%2$s', 2, 'raw', 'flights', 'year', 'type', 3, 'MMXIII', 'file:/a/long/folder/2013-02.csv.gz');
        """
            .formatted(FIRST, FAILED, WEATHER));
  }

  @Test
  void runsAreListedNewestFirst() {
    assertThat(project.afp("runs flights").lines())
        .containsExactly(
            "run pipeline interval state attempts started seconds release",
            "22222222 flights 2013-02 failed 2 2013-03-01 03:00:00Z 40.0",
            "11111111 flights 2013-01 succeeded 1 2013-02-01 03:00:00Z 32.5 1");
    assertThat(project.afp("runs --limit 1").lines()).hasSize(2);
    assertThat(project.afp("runs --json --limit 2").data().findValuesAsText("run_id"))
        .containsExactly(WEATHER, FAILED);
  }

  @Test
  void aLongNameIsCutAndAnIdIsNot() {
    assertThat(project.afp("runs").lines().get(1))
        .startsWith("33333333 weather")
        .contains("… 2013-01..2013… running");
  }

  @Test
  void aLimitIsAPositiveNumber() {
    for (String limit : new String[] {"0", "-1", "many"}) {
      assertThat(project.afp("runs --json --limit " + limit).endedWith(64).out())
          .contains("AFP-CLI-001", "\"runs\"");
    }
  }

  @Test
  void aRunIsShownWholeByTheStartOfItsId() {
    assertThat(project.afp("runs show 2222").lines())
        .contains(
            "pipeline flights, interval 2013-02, started 2013-03-01 03:00:00Z, 40.0 seconds",
            "1 2013-03-01 03:00:00Z run_2_1 discarded",
            "2 2013-03-01 03:00:30Z run_2_2 open",
            "AFP-QUA-001 Cannot publish: check failed",
            "raw.flights ingest 1,000 997 3 4,096 5.0",
            "failed core.flight.key: 2 rows break the key",
            "run %s, attempt 2: failed, nothing was published".formatted(FAILED));
  }

  @Test
  void aRunIsShownAsADocument() {
    JsonNode run = project.afp("runs show --json " + FAILED).data();

    assertThat(run.path("error").asText()).isEqualTo("AFP-QUA-001");
    assertThat(run.path("error_message").asText()).isEqualTo("Cannot publish: check failed");
    assertThat(run.path("attempts").asInt()).isEqualTo(2);
    assertThat(run.path("attempt_list").findValuesAsText("branch_state"))
        .containsExactly("discarded", "open");
    assertThat(run.at("/steps/0/rows_rejected").asInt()).isEqualTo(3);
    assertThat(run.path("checks")).hasSize(2);
    assertThat(run.path("rejects")).hasSize(1);
  }

  @Test
  void optionsBeforeTheSecondWordHoldToo() {
    TestCommand command =
        TestCommand.run(
            "runs", "--json", "--project", project.root().toString(), "show", "11111111");

    assertThat(command.data().path("run_id").asText()).isEqualTo(FIRST);
    assertThat(command.json().path("command").asText()).isEqualTo("runs show");
  }

  @Test
  void aRunThatIsNotThereIsSaidToBeUnknown() {
    assertThat(project.afp("runs show --json 99").endedWith(64).out())
        .contains("AFP-RUN-008", "\"runs show\"");
  }

  @Test
  void statusHasTheLastRunOfEachPipeline() {
    assertThat(project.afp("status").lines())
        .contains("flights 2013-02 failed 2 2013-03-01 03:00:00Z 40.0 AFP-QUA-001")
        .endsWith("", "rejects of rows column reason such as", "raw.flights 3 year type MMXIII");
    assertThat(project.afp("status --json").data().findValuesAsText("run_id"))
        .containsExactly(FAILED, WEATHER);
  }

  @Test
  void statusHasTheRejectsOfTheLastRuns() {
    JsonNode runs = project.afp("status --json").data();
    assertThat(runs.at("/0/rejects/0/reason").asText()).isEqualTo("type");
    assertThat(runs.at("/0/rejects/0/rows").asLong()).isEqualTo(3);
    assertThat(runs.at("/1/rejects")).isEmpty();

    project.execute(
        """
        INSERT INTO afp.attempt (run_id, number, branch, started_at) VALUES ('%s', 3, 'run_2_3', '2013-03-01 03:00:59Z')
        """
            .formatted(FAILED));
    assertThat(project.afp("status --json").data().at("/0/rejects"))
        .as("the newest attempt has not come so far")
        .isEmpty();
    project.execute("DELETE FROM afp.attempt WHERE number = 3");
  }

  @Test
  void statusHasTheLastChangesInTheColumnsOfSources() {
    project.execute(
        """
        INSERT INTO afp.owned_table VALUES ('raw', 'flights', 'flights');
        INSERT INTO afp.schema_version (table_namespace, table_name, version, unit, columns, changes, release_id, run_id, found_at)
        SELECT 'raw', 'flights', v, '2013-0' || v, '[{"name": "year", "type": "int", "presence": "some"}]', c::json, 1,
               '%s', '2013-03-01 03:00:31Z'
          FROM (VALUES (1, '[{"kind": "first", "column": "", "policy": "", "text": "the source has 1 column"}]'),
                       (2, '[{"kind": "new", "column": "year", "policy": "evolve", "text": "column year is new"}]'),
                       (3, '[{"kind": "first", "column": "", "policy": "", "text": "before all that is known"}]')) t (v, c);
        """
            .formatted(FIRST));

    assertThat(project.afp("status").lines())
        .containsSubsequence(
            "source of version interval change policy release found",
            "raw.flights 2 2013-02 column year is new evolve 1 2013-03-01 03:00:31Z")
        .noneMatch(line -> line.contains("the source has 1 column"));
    JsonNode changes = project.afp("status --json").data().at("/0/source_changes");
    assertThat(changes.findValuesAsText("text")).containsExactly("column year is new");
    assertThat(changes.at("/0/table").asText()).isEqualTo("raw.flights");
    assertThat(
            project
                .afp("sql --json", "select change from afp.v_schema_change")
                .data()
                .at("/rows/0/0"))
        .hasToString("\"column year is new\"");

    assertThat(project.afp("status raw.flights").lines())
        .containsExactly(
            "found run release version interval policy change",
            "2013-03-01 03:00:31Z 11111111 1 3 2013-03 before all that is known",
            "2013-03-01 03:00:31Z 11111111 1 2 2013-02 evolve column year is new",
            "2013-03-01 03:00:31Z 11111111 1 1 2013-01 the source has 1 column");
    JsonNode history = project.afp("status raw.flights --json").data();
    assertThat(history.findValuesAsText("kind")).containsExactly("first", "new", "first");
    assertThat(history.findValuesAsText("run_id")).containsOnly(FIRST);
    assertThat(history.at("/1/changes/0/policy").asText()).isEqualTo("evolve");
    assertThat(project.afp("status core.plane").lines())
        .containsExactly("No columns of a source were loaded yet");
    assertThat(project.afp("status raw.fligths").endedWith(64).err())
        .contains("Did you mean 'raw.flights'?");
    project.execute("DELETE FROM afp.schema_version; DELETE FROM afp.owned_table");
  }

  @Test
  void aRunWhoseDriverIsGoneIsSaidToBeKilled() {
    String expires = "UPDATE afp.lease SET expires_at = now() + interval '%s'";
    assertThat(project.afp("status --json").data().findValuesAsText("state"))
        .containsExactly("failed", "running");

    project.execute(expires.formatted("-1 s"));

    JsonNode status = project.afp("status --json").data();
    assertThat(status.findValuesAsText("state")).containsExactly("failed", "killed");
    assertThat(status.at("/1/seconds").asDouble()).isZero();
    assertThat(project.afp("status").succeeded().out()).contains(" killed ");
    assertThat(project.afp("runs show " + WEATHER).succeeded().out())
        .contains("attempt 0: killed, nothing was published");
    project.execute(expires.formatted("1 hour"));
  }

  @Test
  void checksHaveTheirLastVerdicts() {
    assertThat(project.afp("checks").lines())
        .containsExactly(
            "table check status judged failed severity run",
            "core.flight core.flight.key failed 997 2 error 22222222",
            "core.flight core.flight.rows passed 997 0 error 22222222");
    assertThat(project.afp("checks --failed core.flight").lines()).hasSize(2);
    assertThat(project.afp("checks --json flights").data()).hasSize(2);
    assertThat(project.afp("checks core.plane").lines()).containsExactly("No check was judged yet");
    assertThat(project.afp("checks planes").lines()).containsExactly("No check was judged yet");
    assertThat(project.afp("checks --failed planes").lines())
        .containsExactly("No check that did not pass");
  }

  @Test
  void aNameThatIsInTheProjectOnlyHasNothingYet() {
    assertThat(project.afp("runs planes").lines()).containsExactly("No run yet");
    assertThat(project.afp("rejects history core.plane").lines())
        .containsExactly("No row was rejected");
  }

  @Test
  void aNameThatIsNowhereIsSaidToBeUnknown() {
    assertThat(project.afp("checks raw.fligths").endedWith(64).err())
        .contains("AFP-CLI-001", "(name=raw.fligths)", "Did you mean 'raw.flights'?");
    assertThat(project.afp("rejects history flights").endedWith(64).err())
        .contains("such a table (name=flights)", "There are: core.plane, raw.flights.");
    assertThat(project.afp("runs flight --json").endedWith(64).out())
        .contains("Did you mean 'flights'?");
  }

  @Test
  void rejectsHaveAReasonAndASample() {
    assertThat(project.afp("rejects history").lines())
        .containsExactly(
            "table column reason rows value file run",
            "raw.flights year type 3 MMXIII 2013-02.csv.gz 22222222");
    assertThat(project.afp("rejects history --json raw.flights").data().at("/0/file").asText())
        .isEqualTo("file:/a/long/folder/2013-02.csv.gz");
    assertThat(project.afp("rejects history core.plane").lines())
        .containsExactly("No row was rejected");
  }

  @Test
  void releasesTellWhatTheyChanged() {
    assertThat(project.afp("releases").lines())
        .containsExactly(
            "release published kind pipeline run tables changed",
            "1 2013-02-01 03:00:31Z run flights 11111111 2: core.flight, raw.flights");
    assertThat(project.afp("releases --json").data().at("/0/run_id").asText()).isEqualTo(FIRST);
  }

  @Test
  void branchesThatAreThereAreListed() {
    assertThat(project.afp("branch list").lines())
        .containsExactly(
            "branch state run created tables changed",
            "run_2_2 open 22222222 2013-03-01 03:00:30Z 1: core.flight");
    assertThat(project.afp("branch list --json").data().at("/0/run_id").asText()).isEqualTo(FAILED);
  }

  private static void someHistory() {
    project.execute(
        """
        INSERT INTO afp.check_point (table_namespace, table_name, check_name, measures, unit, local_time, value, expected,
          lower_bound, upper_bound, basis, status, origin, run_id, attempt)
        SELECT 'core', 'flight', 'core.flight.anomaly', 'rows', u, (u || '-01')::timestamp, v, e, l, h, b, s, 'write', r::uuid, a
          FROM (VALUES ('2012-12', 1000, NULL, NULL, NULL, 13, 'learning', '%1$s', 1), ('2013-01', 1010, 1000, 900, 1100, 14, 'passed', '%1$s', 1),
                       ('2013-02', 12.5, 1002, 910, 1090.25, 15, 'failed', '%2$s', 2)) t (u, v, e, l, h, b, s, r, a);
        """
            .formatted(FIRST, FAILED));
  }

  private static void forgetHistory() {
    project.execute("DELETE FROM afp.check_point; DELETE FROM afp.acknowledgement");
  }

  @Test
  void theHistoryOfACheckIsPlotted() {
    someHistory();

    assertThat(project.afp("checks history core.flight.anomaly").lines())
        .contains("o usual x unusual a acknowledged . not judged by history - bounds")
        .endsWith(
            "", "2013-02: 12.5, failed; usual is 910 to 1,090.3, after 15 points; run 22222222");
    assertThat(project.afp("checks history core.flight.anomaly --list --last 2").lines())
        .containsExactly(
            "interval value status lower expected upper points run because",
            "2013-01 1,010 passed 900 1,000 1,100 14 11111111",
            "2013-02 12.5 failed 910 1,002 1,090.3 15 22222222");
    JsonNode history = project.afp("checks history core.flight.anomaly --json").data();
    assertThat(history.path("table").asText()).isEqualTo("core.flight");
    assertThat(history.path("points").findValuesAsText("interval"))
        .containsExactly("2012-12", "2013-01", "2013-02");
    assertThat(history.at("/points/0/lower").isNull()).isTrue();
    assertThat(history.at("/points/2/upper").asDouble()).isEqualTo(1090.25);
    assertThat(history.at("/points/2/published").asBoolean()).isFalse();
    forgetHistory();
  }

  @Test
  void anUnusualPointIsAcknowledgedWithAReason() {
    someHistory();
    String acknowledge = "checks acknowledge core.flight.anomaly ";

    assertThat(
            project.afp(acknowledge + "2222 --because", "storm of the year", "--by", "ada").lines())
        .containsExactly(
            "core.flight.anomaly of core.flight: 1 point acknowledged: 2013-02 (12.5)");
    JsonNode history = project.afp("checks history core.flight.anomaly --json").data();
    assertThat(history.at("/points/2/status").asText()).isEqualTo("acknowledged");
    assertThat(history.at("/points/2/acknowledgement/reason").asText())
        .isEqualTo("storm of the year");
    assertThat(history.at("/points/2/acknowledgement/by").asText()).isEqualTo("ada");
    assertThat(history.at("/points/2/acknowledgement/new_level").asBoolean()).isFalse();

    assertThat(project.afp(acknowledge + "1111 --because x").endedWith(64).err())
        .contains("Cannot acknowledge anything", "afp checks history core.flight.anomaly --list");
    forgetHistory();
  }

  @Test
  void aCheckWithoutAHistoryIsSaidToBeUnknown() {
    assertThat(project.afp("checks history core.flight.anomaly").endedWith(64).err())
        .contains("There is none yet");
    someHistory();
    assertThat(project.afp("checks history core.flight.anomly").endedWith(64).err())
        .contains("Did you mean 'core.flight.anomaly'?");
    assertThat(project.afp("checks history core.flight.anomaly --last 0").endedWith(64).err())
        .contains("--last is not a positive number");
    project.execute("UPDATE afp.check_point SET table_name = 'plane' WHERE unit = '2012-12'");
    assertThat(project.afp("checks history core.flight.anomaly").endedWith(64).err())
        .contains("Write --of with one of core.flight, core.plane.");
    assertThat(project.afp("checks history core.flight.anomaly --list --of core.plane").lines())
        .hasSize(2);
    forgetHistory();
  }
}
