package io.afp.guards;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;

/** Where the build under test lies, as failsafe says it. */
final class Reactor {
  private Reactor() {}

  static Path root() {
    return Path.of(property("afp.root")).toAbsolutePath().normalize();
  }

  static Path module(String name) {
    return root().resolve(name);
  }

  static String version() {
    return property("afp.version");
  }

  /** The time that all entries of our own jars have. */
  static LocalDateTime outputTime() {
    return OffsetDateTime.parse(property("afp.output.time")).toLocalDateTime();
  }

  static Path maven() {
    return Path.of(property("afp.maven.home"), "bin", "mvn");
  }

  static Path mavenRepository() {
    return Path.of(property("afp.maven.repository"));
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException(
          "Cannot find the build: the system property is not set (name="
              + name
              + "). Run ./mvnw verify, not the class alone.");
    }
    return value;
  }
}
