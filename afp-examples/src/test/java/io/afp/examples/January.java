package io.afp.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests that change nothing the project in which some rows of January were run, as release 1,
 * and those of February, as release 2 in the environment {@link #TRACED}. All classes share it.
 */
public final class January implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(January.class);

  /** How many rows each of the two months has. */
  static final int ROWS = 1000;

  /** An environment in which each Spark writes down what it does. */
  static final String TRACED = "traced";

  private static final String ENVIRONMENT =
      """
      environments:
        %s: { spark: { eventLog.enabled: true, eventLog.dir: "%s" } }
      """;

  /** The names of the applications that Spark has written down. */
  static List<String> traces(ProjectCopy project) throws IOException {
    try (Stream<Path> files = Files.list(traceFolder(project))) {
      return files.map(January::application).sorted().toList();
    }
  }

  private static String application(Path trace) {
    try {
      Matcher name = Pattern.compile("\"App Name\":\"([^\"]*)\"").matcher(Files.readString(trace));
      return name.find() ? name.group(1) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path traceFolder(ProjectCopy project) {
    return project.root().resolveSibling("traces");
  }

  /** Closes the project with the last test. */
  private record Owned(Path folder, ProjectCopy project, Command.Ended second)
      implements AutoCloseable {

    static Owned published() {
      try {
        Path folder = Files.createTempDirectory("afp-january-");
        ProjectCopy project = ProjectCopy.withPostgres(folder);
        project.edit("2013-01", lines -> lines.subList(0, ROWS + 1));
        project.edit("2013-02", lines -> lines.subList(0, ROWS + 1));
        Path traces = Files.createDirectory(traceFolder(project));
        project.write("afp.yaml", project.read("afp.yaml") + ENVIRONMENT.formatted(TRACED, traces));
        project.afp("run", "flights", "--interval", "2013-01").succeeded();
        Command.Ended second =
            project.afp("run", "flights", "--interval", "2013-02", "--env", TRACED).succeeded();
        return new Owned(folder, project, second);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      project.close();
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
      }
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == ProjectCopy.class || type == Command.Ended.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Owned owned =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(Owned.class, type -> Owned.published(), Owned.class);
    return parameter.getParameter().getType() == ProjectCopy.class
        ? owned.project()
        : owned.second();
  }
}
