package io.afp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README promises of a fresh clone: the first command builds AFP, for real, and runs. */
@Tag("long")
class FirstCommandIT {

  private static final List<String> NOT_IN_A_CLONE = List.of("target", ".git", ".afp");

  @TempDir Path folder;

  @Test
  void buildsWhatItNeedsAndRunsAndTheNextOneFindsNothingToDo() throws IOException {
    copySources(Reactor.root(), folder);

    Command.Ended first = run();
    Command.Ended second = run();

    assertThat(first.succeeded().err()).contains("Building AFP");
    assertThat(first.out()).contains("27,004").contains("release 1");
    assertThat(second.succeeded().err()).doesNotContain("Building AFP");
    assertThat(second.out()).contains("Nothing to do");
  }

  private Command.Ended run() {
    List<String> command =
        List.of(
            folder.resolve("afp").toString(),
            "run",
            "afp-examples/flights",
            "--interval",
            "2013-01");
    return Command.start(folder, Map.of("MAVEN_ARGS", sameRepository()), command).ended();
  }

  /** What this build has downloaded need not be downloaded again. */
  private static String sameRepository() {
    return "-Dmaven.repo.local=" + System.getProperty("localRepository");
  }

  private static void copySources(Path from, Path to) throws IOException {
    try (Stream<Path> entries = Files.list(from)) {
      for (Path entry : entries.filter(FirstCommandIT::isInAClone).toList()) {
        Path target = to.resolve(entry.getFileName());
        if (Files.isDirectory(entry)) {
          copySources(entry, Files.createDirectory(target));
        } else {
          Files.copy(entry, target);
        }
      }
    }
  }

  private static boolean isInAClone(Path entry) {
    return !NOT_IN_A_CLONE.contains(entry.getFileName().toString());
  }
}
