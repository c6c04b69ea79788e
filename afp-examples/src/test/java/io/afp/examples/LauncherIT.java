package io.afp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher builds what is missing or old, and only that; here the build only takes down that it
 * was asked.
 */
class LauncherIT {

  private Path root;

  @BeforeEach
  void aFreshClone(@TempDir Path folder) throws IOException {
    root = Files.createDirectories(folder.resolve("a clone of afp"));
    Files.copy(Reactor.root().resolve("afp"), root.resolve("afp"));
    Files.createDirectories(root.resolve("deploy"));
    Files.createDirectories(root.resolve("afp-cli/src/main"));
    Files.createDirectories(root.resolve("afp-cli/target"));
    Files.writeString(root.resolve("pom.xml"), "");
    Files.writeString(root.resolve("afp-cli/pom.xml"), "");
    Path built = Reactor.jar("afp-cli", ".jar");
    Files.copy(built, root.resolve("afp-cli/target").resolve(built.getFileName()));
    Files.copy(
        Reactor.target("afp-cli").resolve("cli.classpath"),
        root.resolve("afp-cli/target/cli.classpath"));
    program("mvnw", "#!/bin/sh\necho \"$@\" >> builds\necho the output of the build\n");
  }

  @Test
  void theFirstCommandBuildsAndTheNextDoesNot() throws IOException {
    Command.Ended first = afp("--version");
    Command.Ended second = afp("--version");

    assertThat(first.succeeded().out()).matches("afp \\S+\\R");
    assertThat(first.err()).contains("Building AFP", "the output of the build");
    assertThat(second.succeeded().err()).isEmpty();
    assertThat(builds()).hasSize(1);
  }

  @Test
  void aChangedSourceIsBuilt() throws IOException {
    afp("--version").succeeded();
    Path source = Files.writeString(root.resolve("afp-cli/src/main/New.java"), "");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

    afp("--version").succeeded();

    assertThat(builds()).hasSize(2);
  }

  @Test
  void aBuildThatFailsIsTriedAgain() throws IOException {
    program("mvnw", "#!/bin/sh\necho \"$@\" >> builds\nexit 1\n");

    assertThat(afp("--version").exitCode()).isNotZero();
    assertThat(afp("--version").exitCode()).isNotZero();

    assertThat(builds()).hasSize(2);
  }

  @Test
  void namesWithUmlautsAreReadWithoutALocale() throws IOException {
    Path project = Files.createDirectories(root.resolve("Flüge"));
    Files.writeString(project.resolve("afp.yaml"), "");

    Command.Ended ended = afp("validate", "--project", project.toString(), "--json").endedWith(78);

    assertThat(ended.out()).contains("Flüge");
  }

  private Command.Ended afp(String... arguments) {
    List<String> command = new ArrayList<>(List.of(root.resolve("afp").toString()));
    command.addAll(List.of(arguments));
    return Command.start(root, Map.of("LC_ALL", "POSIX"), command).ended();
  }

  private List<String> builds() throws IOException {
    return Files.readAllLines(root.resolve("builds"));
  }

  private void program(String name, String text) throws IOException {
    Path file = Files.writeString(root.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
