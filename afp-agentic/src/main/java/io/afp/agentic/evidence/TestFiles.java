package io.afp.agentic.evidence;

import io.afp.agentic.tree.ProcessTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The tests of a project and the files of its build, by their places. */
final class TestFiles {

  private static final Pattern PLACE =
      Pattern.compile("(.*/)?(src/test|tests?)/.*\\.(java|py|scala|sql|kt|yaml)");
  private static final Pattern BUILD =
      Pattern.compile("(.*/)?(pom\\.xml|mvnw|build\\.gradle(\\.kts)?|pyproject\\.toml)|\\.mvn/.*");
  private static final Set<String> PASSED_OVER = Set.of("target", "build", "node_modules", "venv");

  private TestFiles() {}

  /** Whether a path is that of a test. */
  static boolean isTest(String path) {
    return PLACE.matcher(path).matches();
  }

  /** All of them and the files of the build, as paths from the root. */
  static List<String> below(Path root) {
    Set<String> found = new TreeSet<>();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes a) {
              String name = folder.getFileName().toString();
              boolean hidden = name.startsWith(".") && !folder.equals(root) && !name.equals(".mvn");
              return hidden || PASSED_OVER.contains(name)
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes a) {
              String name = ProcessTree.name(root, file);
              if (isTest(name) || BUILD.matcher(name).matches()) {
                found.add(name);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(found);
  }
}
