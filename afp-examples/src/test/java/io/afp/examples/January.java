package io.afp.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests that change nothing the project in which some rows of January were run, as release 1,
 * and those of February, as release 2. All classes share it.
 */
public final class January implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(January.class);

  /** How many rows each of the two months has. */
  static final int ROWS = 1000;

  /** Closes the project with the last test. */
  private record Owned(Path folder, ProjectCopy project, Command.Ended second)
      implements AutoCloseable {

    static Owned published() {
      try {
        Path folder = Files.createTempDirectory("afp-january-");
        ProjectCopy project = ProjectCopy.withPostgres(folder);
        project.edit("2013-01", lines -> lines.subList(0, ROWS + 1));
        project.edit("2013-02", lines -> lines.subList(0, ROWS + 1));
        project.afp("run", "flights", "--interval", "2013-01").succeeded();
        Command.Ended second = project.afp("run", "flights", "--interval", "2013-02").succeeded();
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
