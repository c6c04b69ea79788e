package io.afp.guards;

import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** When the entries of a jar were made, as the jar says it. */
final class JarTimes {
  private JarTimes() {}

  static Set<LocalDateTime> of(Path jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return zip.stream().map(ZipEntry::getTimeLocal).collect(toSet());
    }
  }

  /** The entries with another time than these: they make every build a different one. */
  static List<String> otherThan(Set<LocalDateTime> times, Path jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return zip.stream()
          .filter(entry -> !times.contains(entry.getTimeLocal()))
          .map(entry -> entry.getName() + " " + entry.getTimeLocal())
          .toList();
    }
  }
}
