package io.afp.cli;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The jars that {@code classpath} of the settings names. */
record ClassPathJars(Settings settings) {

  private static final Pattern URI = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+:.*");

  /**
   * Their addresses, in the order in which they are named.
   *
   * @throws AfpException if a path or glob names no file
   */
  List<String> found() {
    List<String> entries = settings.classpath();
    List<String> jars = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      jars.addAll(jars(entries.get(i), "classpath[%d]".formatted(i)));
    }
    return jars.stream().distinct().toList();
  }

  private List<String> jars(String entry, String key) {
    if (URI.matcher(entry).matches()) {
      return List.of(entry);
    }
    Path path = settings.root().resolve(entry).normalize();
    List<String> jars = files(path).map(jar -> jar.toUri().toString()).toList();
    if (jars.isEmpty()) {
      throw AfpException.at(
          settings.origins().get(key).location(),
          ErrorCode.SETTING_WRONG,
          "Cannot start a driver: there is no jar for its class path (%s=%s)".formatted(key, path),
          "Build the jar, or correct classpath; only the name of the file may have a * in it.");
    }
    return jars;
  }

  private static Stream<Path> files(Path path) {
    Path folder = path.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, path.getFileName().toString())) {
      List<Path> found = new ArrayList<>();
      files.forEach(found::add);
      return found.stream().filter(Files::isRegularFile).sorted();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
