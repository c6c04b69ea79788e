package io.afp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afp.core.testing.Halt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A command that runs as a process of its own. */
final class Command implements Halt.Halted {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final Pattern BRANCH = Pattern.compile("--branch (\\S+)");
  private static final int MINUTES = 10;

  private final Process process;
  private final Path out;
  private final Path err;

  private Command(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** How a command ended, and what it said. */
  record Ended(int exitCode, String out, String err) {

    /** The one document on stdout. */
    JsonNode json() {
      try {
        return JSON.readTree(out);
      } catch (JsonProcessingException e) {
        throw new AssertionError("stdout is not one JSON document: " + this, e);
      }
    }

    /** The rows of {@code afp sql --json}, each as its values with a tab between them. */
    List<String> rows() {
      succeeded();
      List<String> rows = new ArrayList<>();
      for (JsonNode row : json().at("/data/rows")) {
        List<String> values = new ArrayList<>();
        row.forEach(value -> values.add(value.isNull() ? "" : value.asText()));
        rows.add(String.join("\t", values));
      }
      return rows;
    }

    Ended succeeded() {
      return endedWith(0);
    }

    Ended endedWith(int expected) {
      assertThat(exitCode).as("exit code of%n%s%n%s", out, err).isEqualTo(expected);
      return this;
    }

    /** The branch that the fix of the first diagnostic looks at. */
    String branch() {
      Matcher matcher = BRANCH.matcher(json().at("/diagnostics/0/fix").asText());
      assertThat(matcher.find()).as("the fix names the branch").isTrue();
      return matcher.group(1);
    }

    /** The codes of the diagnostics, in their order. */
    List<String> codes() {
      List<String> codes = new ArrayList<>();
      json().path("diagnostics").forEach(d -> codes.add(d.path("code").asText()));
      return codes;
    }
  }

  /** Starts {@code afp} as the launcher does, in a folder. */
  static Command afp(Path folder, String... arguments) {
    return start(folder, Map.of(), words(String.join(":", jars()), arguments));
  }

  /** The words by which the launcher starts {@code afp}. */
  static List<String> words(String classPath, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.add("-Dafp.home=" + Reactor.root());
    command.addAll(List.of("-cp", classPath, "io.afp.cli.Afp"));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Copies the jars of {@code afp} into a new folder, for users who may not read the build. */
  static Path copyTo(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (String jar : jars()) {
      Files.copy(Path.of(jar), folder.resolve(Path.of(jar).getFileName()));
    }
    return folder;
  }

  private static List<String> jars() {
    try {
      Path dependencies = Reactor.target("afp-cli").resolve("cli.classpath");
      List<String> jars =
          new ArrayList<>(List.of(Files.readString(dependencies).strip().split(":")));
      jars.add(0, Reactor.jar("afp-cli", ".jar").toString());
      return jars;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts any program. */
  static Command start(Path folder, Map<String, String> environment, List<String> command) {
    try {
      Path out = Files.createTempFile("afp-out-", ".txt");
      Path err = Files.createTempFile("afp-err-", ".txt");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().remove("AFP_ENV");
      builder.environment().putAll(environment);
      return new Command(builder.start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts a program as a shell with a terminal does: with a process group of its own, which Ctrl-C
   * goes to.
   */
  static Command startGroup(Path folder, List<String> command) {
    List<String> all = new ArrayList<>(List.of("env", "--default-signal=INT", "setsid"));
    all.addAll(command);
    return start(folder, Map.of(), all);
  }

  /** Ctrl-C: SIGINT to the process and all that it has started. */
  void interruptGroup() {
    start(Path.of("/"), Map.of(), List.of("kill", "-INT", "--", "-" + process.pid()))
        .ended()
        .succeeded();
  }

  /** SIGKILL, to this process alone. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGKILL, to the driver that it has started. */
  void killDriver() {
    children("org.apache.spark.deploy.SparkSubmit").forEach(ProcessHandle::destroyForcibly);
  }

  /** SIGTERM, to this process alone. */
  void terminate() {
    process.destroy();
  }

  /** SIGKILL to this process and to all that it has started. */
  void killWithChildren() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly().onExit().join();
    children.forEach(ProcessHandle::destroyForcibly);
  }

  /** What it has started, and what those have, with this in the command line. */
  Stream<ProcessHandle> children(String part) {
    return process
        .descendants()
        .filter(child -> child.info().commandLine().orElse("").contains(part));
  }

  /** The whole command lines of what it has started, and of what those have. */
  List<String> commandLines() throws IOException {
    List<String> lines = new ArrayList<>();
    for (ProcessHandle child : process.descendants().toList()) {
      lines.add(Files.readString(Path.of("/proc", child.pid() + "", "cmdline")).replace('\0', ' '));
    }
    return lines;
  }

  @Override
  public boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public String log() {
    try {
      return Files.readString(err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the end. */
  Ended ended() {
    try {
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly().waitFor();
        throw new AssertionError("The command did not end: " + log());
      }
      Ended ended = new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
      Files.delete(out);
      Files.delete(err);
      return ended;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
