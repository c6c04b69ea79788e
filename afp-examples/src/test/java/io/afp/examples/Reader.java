package io.afp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.ledger.EmbeddedPostgres;
import io.afp.core.testing.SparkDistribution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;

/**
 * Goes through pages in one terminal, from the root of a clone: types each command, makes and
 * changes each file, and sees what the pages show. {@link Page} has the conventions, {@link Shown}
 * what may differ.
 *
 * <p>A command fails exactly where the page shows an error with its fix.
 */
final class Reader {

  private static final String SETTINGS = "afp.yaml";

  /** Below the folder of the clone: an example may be a project of its own. */
  private static final int PROJECTS_DEEP = 3;

  /** How commands begin that are not typed, and why not. */
  private static final Map<String, String> NOT_TYPED =
      Map.of(
          "./mvnw", "builds the reactor, of which this test is a part",
          "python3 -m venv", "MigrationIT installs what the page needs once a build",
          ". .afp/before", "the same",
          "pip install", "the same",
          "spark-submit --master 'local[2]' --class io.afp.ingestion",
              "SparkSubmitIT runs the job jars");

  /** A reader has told git long ago who they are. */
  private static final Map<String, String> AUTHOR =
      Map.of(
          "GIT_AUTHOR_NAME", "Ada Lovelace",
          "GIT_AUTHOR_EMAIL", "ada@example.org",
          "GIT_COMMITTER_NAME", "Ada Lovelace",
          "GIT_COMMITTER_EMAIL", "ada@example.org");

  private final Map<String, String> environment = new HashMap<>(AUTHOR);
  private final Shown shown = new Shown();
  private final SoftAssertions softly = new SoftAssertions();

  Reader() {
    this(Map.of());
  }

  /**
   * Another reader.
   *
   * @param more variables of the terminal, or others than usual
   */
  Reader(Map<String, String> more) {
    String path = SparkDistribution.home().resolve("bin") + ":" + System.getenv("PATH");
    environment.put("PATH", path);
    environment.put("SPARK_LOCAL_IP", "127.0.0.1");
    environment.put("SPARK_SUBMIT_OPTS", Reactor.quickDriver());
    environment.putAll(more);
  }

  /**
   * Reads pages in their order: each goes on where the one before has ended.
   *
   * @param folder an empty one
   * @return the clone, as the pages have left it
   */
  Path read(Path folder, List<String> pages) throws IOException {
    Path clone = clone(folder);
    try (Terminal terminal = Terminal.in(clone, environment)) {
      for (String page : pages) {
        System.out.println(page);
        Page.read(Reactor.root().resolve(page)).steps().forEach(step -> follow(terminal, step));
      }
    } finally {
      stopPostgres(folder);
    }
    softly.assertAll();
    return clone;
  }

  private void follow(Terminal terminal, Page.Step step) {
    if (step instanceof Page.Typed typed) {
      type(terminal, typed);
    } else if (step instanceof Page.Made made) {
      String more = made.file().equals(SETTINGS) ? quick() : "";
      write(terminal.folder().resolve(made.file()), made.text() + more);
    } else if (step instanceof Page.Changed changed) {
      change(terminal.folder().resolve(changed.file()), changed);
    }
  }

  private void type(Terminal terminal, Page.Typed typed) {
    if (NOT_TYPED.keySet().stream().anyMatch(typed.command()::startsWith)) {
      return;
    }
    long start = System.nanoTime();
    Terminal.Printed printed = terminal.type(shown.withIds(typed.command()));
    if (typed.command().equals("touch " + SETTINGS)) {
      write(terminal.folder().resolve(SETTINGS), quick());
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    System.out.printf("%6.1f s  %s%n", took.toMillis() / 1000.0, typed.command());
    softly
        .assertThat(typed.shown().isEmpty() || shown.matches(typed.shown(), printed.text()))
        .as(
            "$ %s%n%s%n--- but the page shows%n%s",
            typed.command(), printed.text(), String.join("\n", typed.shown()))
        .isTrue();
    softly
        .assertThat(printed.exitCode() != 0)
        .as("$ %s%n%s%n--- ended with %d", typed.command(), printed.text(), printed.exitCode())
        .isEqualTo(showsError(typed.shown()));
  }

  /** A warning starts with another word, a finding with its code; a failed run has no fix. */
  private static boolean showsError(List<String> shown) {
    return shown.stream().anyMatch(line -> line.matches("(AFP-|[A-Z]{3}\\d{3} ).*"))
        && shown.stream().anyMatch(line -> line.startsWith("    fix  "));
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void change(Path file, Page.Changed changed) {
    try {
      String text = Files.readString(file);
      assertThat(text).as("%s", file).contains(changed.before());
      Files.writeString(file, text.replace(changed.before(), changed.after()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path clone(Path folder) throws IOException {
    FreshClone clone = FreshClone.built(folder);
    try (Stream<Path> files = Files.list(Reactor.root().resolve("afp-examples"))) {
      for (Path example : files.filter(Reader::isExample).toList()) {
        ProjectCopy.copy(
            example, clone.root().resolve("afp-examples").resolve(example.getFileName()));
      }
    }
    for (String module : List.of("afp-examples", "afp-s3", "afp-s3/server")) {
      clone.link(module);
    }
    Files.writeString(
        clone.root().resolve(SETTINGS),
        Files.readString(Reactor.root().resolve(SETTINGS)) + quick());
    return clone.root();
  }

  private static boolean isExample(Path file) {
    return Files.exists(file.resolve("README.md"));
  }

  /** Settings that no page shows: drivers of the clone, and of projects beside it, are quick. */
  private static String quick() {
    return "spark: { driver.extraJavaOptions: \"%s\" }%n".formatted(Reactor.quickDriver());
  }

  /** Those that a page has started and, when it failed half-way, not stopped. */
  private static void stopPostgres(Path folder) throws IOException {
    try (Stream<Path> folders = Files.walk(folder, PROJECTS_DEEP)) {
      folders
          .filter(project -> new EmbeddedPostgres(project.resolve(".afp")).live().isPresent())
          .forEach(project -> Command.afp(project, "db", "stop").ended().succeeded());
    }
  }
}
