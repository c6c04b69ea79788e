package io.afp.core.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The migrations of the ledger, as the command applies them, for a process without Flyway. */
public final class LedgerScripts {

  private static final String FIRST = "/io/afp/core/ledger/V1__ledger.sql";

  private LedgerScripts() {}

  /** All of them in their order, as one script. */
  public static String all() {
    try {
      URI first = LedgerScripts.class.getResource(FIRST).toURI();
      return first.getScheme().equals("jar") ? ofJar(first) : joined(Path.of(first).getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String ofJar(URI entry) throws IOException {
    String jar = entry.getSchemeSpecificPart().replaceFirst("!.*", "");
    try (FileSystem files = FileSystems.newFileSystem(Path.of(URI.create(jar)))) {
      return joined(files.getPath(FIRST).getParent());
    }
  }

  private static String joined(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("V\\d+__.*\\.sql"))
          .sorted(Comparator.comparingInt(LedgerScripts::version))
          .map(LedgerScripts::text)
          .collect(Collectors.joining("\n"));
    }
  }

  private static int version(Path file) {
    return Integer.parseInt(file.getFileName().toString().replaceFirst("V(\\d+)__.*", "$1"));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
