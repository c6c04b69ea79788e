package io.afp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The embedded Postgres of somebody who is not root. Root becomes nobody for this test, which needs
 * {@code setpriv} (util-linux); everybody else stays who they are.
 */
class NormalUserIT {

  private static final String NOBODY = "65534";
  private static final boolean ROOT = new UnixSystem().getUid() == 0;

  @Test
  void hasAServerThatIsTheirsWithoutANamespace(@TempDir Path folder) throws IOException {
    ProjectCopy project = ProjectCopy.in(folder);
    Path command = Command.copyTo(folder.resolve("afp"));
    giveAway(folder);

    afp(project, command, "db", "start").succeeded();
    try {
      assertThat(afp(project, command, "sql", "--json", "SELECT 1").rows()).containsExactly("1");
      Path data = project.postgres().data();
      assertThat(Files.getOwner(data)).isEqualTo(Files.getOwner(project.root()));
      String server = Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip();
      assertThat(namespace(server)).isEqualTo(namespace("self"));
      assertThat(Files.getOwner(Path.of("/proc", server))).isEqualTo(Files.getOwner(data));
    } finally {
      afp(project, command, "db", "stop").succeeded();
    }
    assertThat(project.postgres().live()).isEmpty();
  }

  private static Path namespace(String process) throws IOException {
    return Files.readSymbolicLink(Path.of("/proc", process, "ns", "user"));
  }

  /** The folder too, which JUnit makes for its own user alone. */
  private static void giveAway(Path folder) {
    if (ROOT) {
      List<String> words = List.of("chown", "-R", NOBODY + ":" + NOBODY, folder.toString());
      Command.start(folder, Map.of(), words).ended().succeeded();
    }
  }

  private static Command.Ended afp(ProjectCopy project, Path command, String... arguments) {
    List<String> words = new ArrayList<>();
    if (ROOT) {
      words.addAll(List.of("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"));
    }
    words.addAll(Command.words(command + "/*", arguments));
    return Command.start(project.root(), Map.of(), words).ended();
  }
}
