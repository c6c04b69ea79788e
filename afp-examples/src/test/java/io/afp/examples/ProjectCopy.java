package io.afp.examples;

import io.afp.core.definition.Project;
import io.afp.core.ledger.Database;
import io.afp.core.ledger.EmbeddedPostgres;
import io.afp.core.settings.Settings;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A project of its own with a copy of the pipeline flights, in a folder whose name is not plain.
 */
final class ProjectCopy implements AutoCloseable {

  private static final String SETTINGS =
      """
      spark:
        driver.extraJavaOptions: %s
        sql.shuffle.partitions: 2
      """;

  private final Path root;

  private ProjectCopy(Path root) {
    this.root = root;
  }

  /** A project that is there, with its Postgres, which runs until it is closed. */
  static ProjectCopy at(Path root) {
    ProjectCopy project = new ProjectCopy(root);
    project.afp("db", "start").succeeded();
    return project;
  }

  /** A copy whose Postgres only runs while a command needs it. */
  static ProjectCopy in(Path folder) {
    ProjectCopy project = new ProjectCopy(folder.resolve("Flüge aus New York"));
    copy(Reactor.root().resolve("afp-examples/flights"), project.pipeline());
    project.write("afp.yaml", SETTINGS.formatted(Reactor.quickDriver()));
    return project;
  }

  /** A copy whose Postgres runs until it is closed. */
  static ProjectCopy withPostgres(Path folder) {
    return at(in(folder).root);
  }

  /** Adds the pipeline rotations, and its models to the class path. */
  void addRotations() {
    copy(Reactor.root().resolve("afp-examples/rotations"), root.resolve("rotations"));
    write("afp.yaml", "classpath: [%s]\n".formatted(Reactor.jar("afp-examples", ".jar")));
  }

  /** Copies a folder with all that is in it but what AFP keeps there. */
  static void copy(Path from, Path to) {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path name = from.relativize(file);
        if (name.startsWith(".afp")) {
          continue;
        }
        Path target = to.resolve(name);
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path root() {
    return root;
  }

  Path pipeline() {
    return root.resolve("flights");
  }

  Settings settings() {
    return Settings.load(Project.at(root), Optional.empty(), Map.of());
  }

  EmbeddedPostgres postgres() {
    return new EmbeddedPostgres(settings().home());
  }

  /** Runs a command in the folder of the project to its end. */
  Command.Ended afp(String... arguments) {
    return start(arguments).ended();
  }

  /** Starts a command in the folder of the project. */
  Command start(String... arguments) {
    return Command.afp(root, arguments);
  }

  void write(String file, String text) {
    try {
      Path path = root.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String read(String file) {
    try {
      return Files.readString(root.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Replaces a text that must be there. */
  void replace(String file, String from, String to) {
    String text = read(file);
    if (!text.contains(from)) {
      throw new IllegalArgumentException("%s does not contain: %s".formatted(file, from));
    }
    write(file, text.replace(from, to));
  }

  Path month(String month) {
    return pipeline().resolve("data/flights/%s.csv.gz".formatted(month));
  }

  /** Changes the lines of the file of a month. */
  void edit(String month, Function<List<String>, List<String>> change) {
    Path file = month(month);
    try {
      List<String> lines;
      try (BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(
                  new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
        lines = change.apply(reader.lines().toList());
      }
      try (BufferedWriter writer =
          new BufferedWriter(
              new OutputStreamWriter(
                  new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8))) {
        for (String line : lines) {
          writer.write(line + "\n");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Rows of Postgres, each as text, in order. */
  List<String> rows(String sql) {
    try (Database database = Database.open(postgres().live().orElseThrow(), "test")) {
      return database.inTransaction(
          handle ->
              handle.createQuery(sql).mapToMap().stream().map(Map::toString).sorted().toList());
    }
  }

  /** Executes a statement in Postgres. */
  void execute(String sql) {
    try (Database database = Database.open(postgres().live().orElseThrow(), "test")) {
      database.useTransaction(handle -> handle.execute(sql));
    }
  }

  /** Stops Postgres. */
  @Override
  public void close() {
    afp("db", "stop").succeeded();
  }
}
