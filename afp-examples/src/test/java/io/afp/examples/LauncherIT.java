package io.afp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
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

  private FreshClone clone;
  private Path root;

  @BeforeEach
  void aFreshClone(@TempDir Path folder) throws IOException {
    use(FreshClone.in(folder));
  }

  private void use(FreshClone fresh) throws IOException {
    clone = fresh;
    root = clone.root();
    clone.program("mvnw", "#!/bin/sh\necho \"$@\" >> builds\necho the output of the build\n");
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
    clone.program("mvnw", "#!/bin/sh\necho \"$@\" >> builds\necho the reason\nexit 1\n");

    Command.Ended first = afp("--version").endedWith(69);
    afp("--version").endedWith(69);

    assertThat(first.err())
        .contains("the reason", "AFP-CLI-006  Cannot start afp: the build has failed", "(exit=1,")
        .contains("    fix  Mend what Maven says");
    assertThat(builds()).hasSize(2);
  }

  @Test
  void aCloneThatCanNotBeWrittenIsSaidToBeOne() throws IOException {
    Path file = Files.writeString(root.resolve(".afp"), "a file where a folder should be");

    Command.Ended refused = afp("--version").endedWith(69);

    assertThat(refused.err().lines())
        .containsExactly(
            "AFP-CLI-006  Cannot start afp: this account can't write to the clone (file=%s)"
                .formatted(file.resolve("build.lock")),
            "    fix  Let the account write there, or make a clone of your own.");
  }

  @Test
  void namesWithUmlautsAreReadWithoutALocale() throws IOException {
    Path project = Files.createDirectories(root.resolve("Flüge"));
    Files.writeString(project.resolve("afp.yaml"), "");

    Command.Ended ended = afp("validate", "--project", project.toString(), "--json").endedWith(78);

    assertThat(ended.out()).contains("Flüge");
  }

  @Test
  void theClassesOfTheCommandComeFromTheArchiveAlsoThoseOfOldLibraries(@TempDir Path folder)
      throws IOException {
    use(FreshClone.plain(folder));
    ProjectCopy.copy(
        Reactor.root().resolve("afp-examples/flights"), root.resolve("afp-examples/flights"));
    Files.writeString(root.resolve("afp.yaml"), "");
    afp("--version").succeeded();
    Path loaded = root.resolve("loaded.txt");

    afp(Map.of("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=loaded.txt"), "validate").succeeded();

    List<String> read =
        Files.readAllLines(loaded).stream().filter(line -> line.contains("source: file:")).toList();
    assertThat(read).as("classes that are read from jars").isEmpty();
    assertThat(loaded).content().contains("picocli.CommandLine source: shared objects file");
    assertThat(Reactor.names(root.resolve("afp-cli/target")))
        .contains("afp.jsa")
        .noneMatch(name -> name.startsWith("afp.jsa."));
  }

  @Test
  void aTerminalHasColoursAndAMessageOfItsWidthAndAPipeHasNeither() {
    afp("--version").succeeded();
    String doctor = "./afp doctor --project nowhere";

    assertThat(atATerminal(doctor)).contains("\u001b[32mok\u001b", "\u001b[33mwarning\u001b");
    assertThat(atATerminal("NO_COLOR=1 " + doctor)).contains("ok  ").doesNotContain("\u001b");
    assertThat(atATerminal(doctor + " | cat")).contains("ok  ").doesNotContain("\u001b");
    assertThat(atATerminal("./afp stauts").lines().filter(line -> !line.startsWith("    fix")))
        .hasSizeGreaterThan(1)
        .allMatch(line -> line.length() <= 40);
    assertThat(atATerminal("./afp stauts 2>&1 | cat").lines()).hasSize(2);
  }

  /** What a person sees at a pseudo-terminal of 40 columns. */
  private String atATerminal(String line) {
    List<String> script =
        List.of("script", "-qec", "unset NO_COLOR; stty cols 40; " + line, "/dev/null");
    return Command.start(root, Map.of("TERM", "xterm"), script).ended().out().replace("\r", "");
  }

  private Command.Ended afp(String... arguments) {
    return afp(Map.of("LC_ALL", "POSIX"), arguments);
  }

  private Command.Ended afp(Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(List.of(root.resolve("afp").toString()));
    command.addAll(List.of(arguments));
    return Command.start(root, environment, command).ended();
  }

  private List<String> builds() throws IOException {
    return Files.readAllLines(root.resolve("builds"));
  }
}
