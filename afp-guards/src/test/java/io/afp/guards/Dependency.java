package io.afp.guards;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A jar that Maven puts on the class path of a module. */
record Dependency(String name, Path jar) {
  private static final Pattern LINE =
      Pattern.compile(
          "\\s*([^:\\s]+):([^:]+):jar:(?:[^:]+:)?([^:]+):(?:compile|runtime):(.+?\\.jar)\\b.*");
  private static final String OURS = "io.afp";

  /**
   * Reads what {@code dependency:list} wrote. AFP's own modules have no version in their name, so
   * that a release changes no list.
   */
  static List<Dependency> read(Path list) throws IOException {
    return Files.readAllLines(list).stream()
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .map(Dependency::of)
        .toList();
  }

  private static Dependency of(Matcher line) {
    String module = line.group(1) + ":" + line.group(2);
    String name = line.group(1).equals(OURS) ? module : module + ":" + line.group(3);
    return new Dependency(name, Path.of(line.group(4)));
  }
}
