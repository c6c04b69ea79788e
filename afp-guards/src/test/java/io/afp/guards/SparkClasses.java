package io.afp.guards;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The classes of an unmodified Spark. */
final class SparkClasses {
  private static final String KNOWN = "org/apache/spark/SparkContext.class";

  private SparkClasses() {}

  /**
   * Reads the jars of a distribution.
   *
   * @throws IllegalStateException if they are not Spark's: nothing compared with them would differ
   */
  static Set<String> in(Path folder) throws IOException {
    Set<String> classes = new HashSet<>();
    for (Path jar : jars(folder)) {
      SparkJar.entries(jar).stream().filter(SparkJar::isClass).forEach(classes::add);
    }
    if (!classes.contains(KNOWN)) {
      throw new IllegalStateException(
          "Cannot compare with Spark: its jars lack a class (class=%s, path=%s)"
              .formatted(KNOWN, folder));
    }
    return classes;
  }

  private static List<Path> jars(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).toList();
    }
  }
}
