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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C on {@code ./afp run} says what became of the run, and leaves nothing of it. */
class InterruptIT {

  private static final int INTERRUPTED = 130;

  private ProjectCopy project;
  private Path afp;

  @BeforeEach
  void copy(@TempDir Path folder) throws IOException {
    project = ProjectCopy.withPostgres(folder);
    writeCities();
    afp = FreshClone.built(folder).afp();
  }

  /** Enough for a run of each kind of step. */
  private void writeCities() {
    project.write("cities/pipeline.yaml", "pipeline: cities\n");
    project.write("cities/data/city.csv", "city,people\nBern,146000\nRom,2750000\n");
    project.write(
        "cities/tables/raw/city.yaml",
        """
        from: { files: data/city.csv, format: csv }
        columns: { city: { type: string }, people: { type: int } }
        """);
    project.write(
        "cities/tables/mart/big_city.yaml",
        """
        columns: { city: { type: string } }
        serve: { postgres: mart.big_city, mode: swap }
        """);
    project.write(
        "cities/tables/mart/big_city.sql", "select city from raw.city where people > 1000000\n");
  }

  @AfterEach
  void stopPostgres() {
    project.close();
  }

  @Test
  void inAQueryNothingIsPublishedAndAfterPublishOnlyServingIsLeft() throws Exception {
    Command.Ended query = interrupted("NEW.phase = 'transform' AND NEW.state = 'running'");

    assertThat(query.endedWith(INTERRUPTED).err())
        .contains("AFP-RUN-005  Cannot finish the run: it was interrupted, nothing was published")
        .contains("    fix  Run the same command again.")
        .doesNotContain("AFP-RUN-006", "\tat ", "Exception");
    assertThat(query.out()).contains("failed, nothing was published");
    assertThat(new Ledger(project).pointers()).isEmpty();
    nothingIsLeft();

    Command.Ended serving =
        interrupted("NEW.phase = 'serve' AND NEW.state = 'running'", "--json")
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
    assertThat(project.rows("SELECT * FROM mart.big_city")).containsExactly("{city=Rom}");
  }

  @Test
  void aDriverWhoseCommandWasKilledEndsAndLeavesNothing() throws Exception {
    String step = "NEW.phase = 'transform' AND NEW.state = 'running'";
    try (Halt halt = Halt.at(project.postgres().live().orElseThrow(), "INSERT ON afp.step", step)) {
      Command run = Command.startGroup(project.root(), List.of(afp.toString(), "run", "cities"));
      halt.await(run);
      run.kill();
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> project.rows("SELECT * FROM afp.lease").isEmpty());
    }

    nothingIsLeft();
    project.afp("run", "cities").succeeded();
    assertThat(project.rows("SELECT * FROM mart.big_city")).containsExactly("{city=Rom}");
  }

  /** A run that is interrupted when it stands before a row of a step. */
  private Command.Ended interrupted(String step, String... options) throws SQLException {
    List<String> command = new ArrayList<>(List.of(afp.toString(), "run", "cities"));
    command.addAll(List.of(options));
    try (Halt halt = Halt.at(project.postgres().live().orElseThrow(), "INSERT ON afp.step", step)) {
      Command run = Command.startGroup(project.root(), command);
      halt.await(run);
      run.interruptGroup();
      return run.ended();
    }
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
