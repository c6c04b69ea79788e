package io.afp.pipeline;

import io.afp.core.testing.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The classes of Spark as a JVM has them after it has loaded and verified them. A driver that finds
 * them in an archive takes a third less processor time. It is made by one driver for all, and
 * another one for another class path or JVM.
 */
final class ClassArchive {

  private static final Path FOLDER = Path.of("target").toAbsolutePath();

  private static List<String> options;

  private ClassArchive() {}

  /** What a JVM is told to use the archive; nothing where the JVM can't make one. */
  static synchronized List<String> options() {
    if (options == null) {
      try {
        Path archive = archive();
        options =
            Files.exists(archive)
                ? List.of("-XX:SharedArchiveFile=" + archive, "-Xshare:auto", "-Xlog:cds=off")
                : List.of();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return options;
  }

  /** Test JVMs side by side make it once. */
  private static Path archive() throws IOException {
    String made = ChildDriver.sparkClassPath() + System.getProperty("java.vm.version");
    Path archive = FOLDER.resolve("driver-%08x.jsa".formatted(made.hashCode()));
    try (FileChannel channel =
            FileChannel.open(
                FOLDER.resolve("driver.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (lock.isValid() && !Files.exists(archive)) {
        make(archive);
      }
    }
    return archive;
  }

  private static void make(Path archive) throws IOException {
    Path unfinished = FOLDER.resolve("driver.jsa");
    Files.deleteIfExists(unfinished);
    Shop shop = Shop.in(Files.createTempDirectory(FOLDER, "archive"));
    ChildDriver driver = ChildDriver.archiving(unfinished, shop, "--interval", "2024-01");
    if (driver.exitCode() != 0) {
      throw new IllegalStateException(driver.log());
    }
    if (Files.exists(unfinished)) {
      Files.move(unfinished, archive, StandardCopyOption.ATOMIC_MOVE);
    }
    TestPostgres.drop(shop.account());
  }
}
