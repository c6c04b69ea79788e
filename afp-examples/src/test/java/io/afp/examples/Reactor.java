package io.afp.examples;

import io.afp.core.testing.DriverArchive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the build has made. */
final class Reactor {

  private Reactor() {}

  static Path root() {
    return Path.of(System.getProperty("afp.root")).toAbsolutePath().normalize();
  }

  /** The shaded jar of a layer. */
  static Path jobJar(String module) {
    return jar(module, "-spark.jar");
  }

  static Path target(String module) {
    return root().resolve(module).resolve("target");
  }

  /**
   * Options for the JVMs of drivers that live for some seconds: half of their time went into the
   * better compiler, and a third of the rest into classes.
   */
  static String quickDriver() {
    List<String> options =
        new ArrayList<>(
            List.of(
                "-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=240m", "-XX:+UseSerialGC"));
    try {
      List<String> archive = DriverArchive.in(target("afp-pipeline")).options();
      if (archive.stream().noneMatch(option -> option.contains(" "))) { // words have none
        options.addAll(archive);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return String.join(" ", options);
  }

  /** What lies in a folder. */
  static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  static Path jar(String module, String end) {
    try (Stream<Path> files = Files.list(target(module))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(module))
          .filter(file -> file.getFileName().toString().endsWith(end))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("Not built: " + module));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
