package io.afp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.testing.Halt;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ctrl-C on a command that has a driver says what became of the work, and leaves nothing of it.
 * Each test goes on from the last.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InterruptIT {

  private static final int INTERRUPTED = 130;
  private static final String STEP = "INSERT ON afp.step";
  private static final String ASKS_FOR_THE_TABLE =
      "SELECT 1 FROM pg_stat_activity WHERE application_name = 'afp/sql' AND query LIKE '%FROM iceberg_tables%'";

  private ProjectCopy project;
  private Path afp;

  @BeforeAll
  void copy(@TempDir Path folder) throws IOException {
    project = ProjectCopy.withPostgres(folder);
    Cities.write(project, "", "type: int");
    writeCity("Rom");
    afp = FreshClone.built(folder).afp();
  }

  private void writeCity(String big) {
    project.write("cities/data/city.csv", "city,people\nBern,146000\n%s,2750000\n".formatted(big));
  }

  @AfterAll
  void stopPostgres() {
    project.close();
  }

  @Test
  @Order(1)
  void inAQueryNothingIsPublishedAndAfterPublishOnlyServingIsLeft() throws Exception {
    Command.Ended query =
        interrupted(STEP, "NEW.phase = 'transform' AND NEW.state = 'running'", "run", "cities");

    assertThat(query.endedWith(INTERRUPTED).err())
        .contains("AFP-RUN-005  Cannot finish the run: it was interrupted, nothing was published")
        .contains("    fix  Run the same command again.")
        .doesNotContain("AFP-RUN-006", "\tat ", "Exception");
    assertThat(query.out()).contains("failed, nothing was published");
    assertThat(new Ledger(project).pointers()).isEmpty();
    nothingIsLeft();

    Command.Ended serving =
        interrupted(
                STEP, "NEW.phase = 'serve' AND NEW.state = 'running'", "run", "cities", "--json")
            .endedWith(INTERRUPTED);

    assertThat(serving.codes()).containsExactly("AFP-RUN-005");
    assertThat(serving.out()).contains("release 1 is published, serving is not finished");
    assertThat(serving.err()).doesNotContain("AFP-", "\tat ", "Exception");
    assertThat(project.rows("SELECT id::text AS id, state FROM afp.run"))
        .containsExactly(
            "{id=%s, state=published}".formatted(serving.json().at("/data/run_id").asText()));
    nothingIsLeft();

    assertThat(project.afp("run", "cities").succeeded().out())
        .contains("mart.big_city", "succeeded, release 1");
    assertThat(served()).containsExactly("{city=Rom}");
  }

  @Test
  @Order(2)
  void aRollbackSaysWhetherItWasPublishedAndIsFinishedByTheSameCommand() throws Exception {
    writeCity("Paris");
    project.afp("run", "cities").succeeded();

    Command.Ended before = interrupted("INSERT ON afp.branch", "true", "rollback", "--to", "1");

    assertThat(said(before)).contains(", nothing was published");
    assertThat(served()).containsExactly("{city=Paris}");

    Command.Ended serving =
        interrupted("UPDATE ON afp_serving.part", "true", "rollback", "--to", "1", "--json");

    assertThat(serving.endedWith(INTERRUPTED).codes()).containsExactly("AFP-RUN-005");
    assertThat(serving.out()).contains("release 3 is published, serving is not finished");
    assertThat(served()).containsExactly("{city=Paris}");

    assertThat(project.afp("rollback", "--to", "1").succeeded().out())
        .contains("All tables are as release 1 left them; served again: mart.big_city");
    assertThat(served()).containsExactly("{city=Rom}");
    nothingIsLeft();
  }

  @Test
  @Order(3)
  void aQueryOfTheLakeIsInterruptedThoughSparkFailsFirst() {
    Command query =
        start("sql", "--lake", "select count(*) from raw.city cross join range(100000000000000)");
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> !query.isAlive() || !project.rows(ASKS_FOR_THE_TABLE).isEmpty());
    query.interruptGroup();

    said(query.ended());
  }

  @Test
  @Order(4)
  void aDriverWhoseCommandWasKilledEndsAndLeavesNothing() throws Exception {
    writeCity("Oslo");
    String step = "NEW.phase = 'transform' AND NEW.state = 'running'";
    try (Halt halt = Halt.at(project.postgres().live().orElseThrow(), STEP, step)) {
      Command run = start("run", "cities");
      halt.await(run);
      run.kill();
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> project.rows("SELECT * FROM afp.lease").isEmpty());
    }

    nothingIsLeft();
    project.afp("run", "cities").succeeded();
    assertThat(served()).containsExactly("{city=Oslo}");
  }

  /** A command that is interrupted when it stands before a statement. */
  private Command.Ended interrupted(String event, String when, String... words)
      throws SQLException {
    try (Halt halt = Halt.at(project.postgres().live().orElseThrow(), event, when)) {
      Command command = start(words);
      halt.await(command);
      command.interruptGroup();
      return command.ended();
    }
  }

  private Command start(String... words) {
    List<String> command = new ArrayList<>(List.of(afp.toString()));
    command.addAll(List.of(words));
    return Command.startGroup(project.root(), command);
  }

  /** What an interrupted command that is no run says: one message. */
  private static String said(Command.Ended ended) {
    assertThat(ended.endedWith(INTERRUPTED).err())
        .containsOnlyOnce("AFP-")
        .contains("AFP-RUN-005  Cannot finish the command: it was interrupted")
        .contains("    fix  Run the same command again.")
        .doesNotContain("\tat ", "Exception");
    return ended.err();
  }

  private List<String> served() {
    return project.rows("SELECT * FROM mart.big_city");
  }

  private void nothingIsLeft() {
    for (String left :
        List.of(
            "SELECT * FROM afp.lease",
            "SELECT * FROM afp.branch WHERE state NOT IN ('discarded', 'published')",
            "SELECT * FROM iceberg_tables WHERE catalog_name <> 'lake'")) {
      assertThat(project.rows(left)).as(left).isEmpty();
    }
  }
}
