package io.afp.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The distribution, unpacked, and a user who has Java and the plainest programs. */
final class Installation {

  /** What the launcher, Hadoop, and Postgres under root call. */
  private static final List<String> PROGRAMS =
      List.of(
          "cat",
          "chmod",
          "cksum",
          "dirname",
          "id",
          "ls",
          "mkdir",
          "mv",
          "readlink",
          "rm",
          "sed",
          "tr",
          "unshare");

  private static final int MINUTES = 10;

  private final Path folder;
  private final Path home;

  private Installation(Path folder) {
    this.folder = folder;
    this.home = folder.resolve("afp-" + System.getProperty("afp.version"));
  }

  /** Made as the page says, in a folder that has the archive. */
  static Installation in(Path folder) throws IOException {
    Installation installation = new Installation(folder.resolve("Größe zählt"));
    Path archive = Path.of(System.getProperty("afp.distribution"));
    Files.createDirectories(installation.link().getParent());
    Files.createSymbolicLink(installation.folder.resolve(archive.getFileName()), archive);
    ProcessBuilder shell =
        new ProcessBuilder("sh", "-e", "-c", String.join("\n", InstallPage.read().installing()))
            .directory(installation.folder.toFile())
            .inheritIO();
    shell.environment().put("HOME", installation.folder.toString());
    assertThat(wait(shell.start())).isZero();
    installation.installPrograms();
    return installation;
  }

  /** The command as a user has it on the path. */
  private Path link() {
    return folder.resolve(".local/bin/afp");
  }

  private void installPrograms() throws IOException {
    Files.createDirectories(programs());
    for (String name : PROGRAMS) {
      Files.createSymbolicLink(programs().resolve(name), found(name));
    }
  }

  private static Path found(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("Install " + program));
  }

  /** Where all of it is. */
  Path home() {
    return home;
  }

  /** A folder with the programs other than Java. */
  Path programs() {
    return folder.resolve("programs");
  }

  /** The Java that runs this. */
  static Path java() {
    return Path.of(System.getProperty("java.home"));
  }

  /** How a command ended, and what it said. */
  record Ended(int exitCode, String out, String err) {

    Ended endedWith(int expected) {
      assertThat(exitCode).as("exit code of%n%s%n%s", out, err).isEqualTo(expected);
      return this;
    }

    /** What a command printed that went well. */
    String said() {
      return endedWith(0).out;
    }
  }

  /** Runs {@code afp} in a folder. */
  Ended afp(Path in, String... arguments) {
    return afp(in, Map.of("JAVA_HOME", java().toString()), arguments);
  }

  Ended afp(Path in, Map<String, String> environment, String... arguments) {
    return run(link(), in, environment, arguments);
  }

  /**
   * Runs a program with nothing in the environment but this, a home that not even root can write,
   * and the programs.
   */
  Ended run(Path program, Path in, Map<String, String> environment, String... arguments) {
    try {
      Path out = Files.createTempFile("afp-out-", ".txt");
      Path err = Files.createTempFile("afp-err-", ".txt");
      List<String> command = new ArrayList<>(List.of(program.toString()));
      command.addAll(List.of(arguments));
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(in.toFile())
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().clear();
      builder.environment().putAll(Map.of("HOME", "/dev/null", "PATH", programs().toString()));
      builder.environment().putAll(environment);
      int code = wait(builder.start());
      Ended ended = new Ended(code, Files.readString(out), Files.readString(err));
      Files.delete(out);
      Files.delete(err);
      return ended;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int wait(Process process) {
    try {
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError("The command did not end: " + process);
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Every file with its size and time. */
  TreeSet<String> state() throws IOException {
    TreeSet<String> state = new TreeSet<>();
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.toList()) {
        state.add(
            "%s %d %s"
                .formatted(
                    home.relativize(file), Files.size(file), Files.getLastModifiedTime(file)));
      }
    }
    return state;
  }

  /** What lies in one of its folders. */
  List<String> names(String of) throws IOException {
    try (Stream<Path> files = Files.list(home.resolve(of))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** The environment with one more variable. */
  static Map<String, String> with(String name, Object value) {
    Map<String, String> environment = new HashMap<>(Map.of("JAVA_HOME", java().toString()));
    environment.put(name, value.toString());
    return environment;
  }
}
