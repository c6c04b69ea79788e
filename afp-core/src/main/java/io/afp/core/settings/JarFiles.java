package io.afp.core.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The jars that an entry of {@code classpath} names.
 *
 * @param root the folder of the project
 * @param entry a path, a glob or a URI
 */
public record JarFiles(Path root, String entry) {

  /** Loads classes of those jars that are files of this machine. */
  public static ClassLoader loader(Stream<String> addresses, ClassLoader parent) {
    URL[] files =
        addresses
            .filter(address -> address.startsWith("file:"))
            .map(JarFiles::url)
            .toArray(URL[]::new);
    return new URLClassLoader(files, parent);
  }

  private static URL url(String address) {
    try {
      return URI.create(address).toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Their addresses, in the order of their names; empty where a path or glob names no file. */
  public List<String> addresses() {
    if (Addresses.hasScheme(entry)) {
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
