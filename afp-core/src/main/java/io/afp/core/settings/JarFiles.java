package io.afp.core.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The jars that an entry of {@code classpath} names.
 *
 * @param root the folder of the project
 * @param entry a path, a glob or a URI
 */
public record JarFiles(Path root, String entry) {

  private static final Pattern URI = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+:.*");

  /** Their addresses, in the order of their names; empty where a path or glob names no file. */
  public List<String> addresses() {
    if (URI.matcher(entry).matches()) {
      return List.of(entry);
    }
    return files().stream().map(jar -> jar.toUri().toString()).toList();
  }

  /** The path or glob with its folder. */
  public Path path() {
    return root.resolve(entry).normalize();
  }

  private List<Path> files() {
    Path folder = path().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return List.of();
    }
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, path().getFileName().toString())) {
      List<Path> found = new ArrayList<>();
      files.forEach(found::add);
      return found.stream().filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
