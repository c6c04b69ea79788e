package io.afp.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.afp.core.ledger.Database.Account;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Postgres of a project runs while a command needs it, and no kill keeps it from starting
 * again.
 */
@Tag("long")
class EmbeddedServerIT {

  private ProjectCopy project;

  @BeforeEach
  void copy(@TempDir Path folder) {
    project = ProjectCopy.in(folder);
  }

  @AfterEach
  void stopPostgres() {
    project.close();
  }

  @Test
  void anEmptyProjectHasAStatusAndNoServerIsLeft() {
    Command.Ended status = project.afp("status").succeeded();
    Command.Ended json = project.afp("status", "--json").succeeded();

    assertThat(status.out()).contains("No pipeline has run yet");
    assertThat(json.json().path("data")).isEmpty();
    assertThat(project.postgres().live()).isEmpty();
  }

  @Test
  void itIsKeptFromStartToStop() {
    Command.Ended none = project.afp("db", "url").endedWith(69);
    assertThat(none.out()).isEmpty();
    assertThat(none.err()).contains("not running");

    Command.Ended start = project.afp("db", "start", "--json").succeeded();
    Account live = project.postgres().live().orElseThrow();
    assertThat(start.json().at("/data/url").asText()).isEqualTo(live.uri() + "?user=postgres");
    assertThat(start.out()).doesNotContain(live.password().orElseThrow().reveal());
    assertThat(project.afp("db", "url").succeeded().out()).startsWith(live.uri());
    assertThat(
            project.afp("db", "migrate", "--json").succeeded().json().at("/data/applied").asInt())
        .isZero();
    assertThat(project.postgres().live().map(Account::uri)).contains(live.uri());

    project.afp("db", "stop").succeeded();
    assertThat(project.postgres().live()).isEmpty();
    project.afp("db", "stop").succeeded();
  }

  @Test
  void commandsAtTheSameTimeShareOneServerAndTheLastStopsIt() {
    Command longest = project.start("sql", "--json", "SELECT pid, pg_sleep(6) FROM " + SERVER);
    await().atMost(Duration.ofMinutes(2)).until(() -> project.postgres().live().isPresent());
    List<Command> others =
        IntStream.range(0, 3)
            .mapToObj(i -> project.start("sql", "--json", "SELECT pid FROM " + SERVER))
            .toList();
    List<String> pids = others.stream().flatMap(o -> o.ended().rows().stream()).distinct().toList();

    assertThat(pids).hasSize(1);
    assertThat(longest.ended().rows().get(0)).startsWith(pids.get(0));
    assertThat(project.postgres().live()).isEmpty();
  }

  /** The process of the server itself. */
  private static final String SERVER =
      "(SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1) AS pid) AS server";

  @Test
  void aServerThatWasKilledIsRecoveredByTheNextCommand() {
    project.afp("db", "start").succeeded();
    project.execute("CREATE TABLE public.kept AS SELECT 42 AS answer");

    ProcessHandle server = ProcessHandle.of(serverProcess()).orElseThrow();
    server.destroyForcibly();
    server.onExit().join();

    assertThat(project.afp("sql", "--json", "SELECT answer FROM public.kept").rows())
        .containsExactly("42");
  }

  @Test
  void aFileOfAServerWhoseNumberAnotherProcessHasNowIsNoObstacle() throws IOException {
    project.afp("db", "start").succeeded();
    ProcessHandle server = ProcessHandle.of(serverProcess()).orElseThrow();
    server.destroyForcibly();
    server.onExit().join();
    Path file = project.postgres().data().resolve("postmaster.pid");
    String stale = Files.readString(file);
    Files.writeString(
        file, stale.replaceFirst("\\d+", Long.toString(ProcessHandle.current().pid())));

    assertThat(project.afp("sql", "--json", "SELECT 1").rows()).containsExactly("1");
    assertThat(ProcessHandle.current().isAlive()).isTrue();
  }

  private long serverProcess() {
    try {
      return Long.parseLong(
          Files.readAllLines(project.postgres().data().resolve("postmaster.pid")).get(0).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
