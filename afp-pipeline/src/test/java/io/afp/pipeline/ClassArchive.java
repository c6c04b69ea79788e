package io.afp.pipeline;

import io.afp.core.testing.DriverArchive;
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

/** Makes the archive of classes by one driver, for all others. */
final class ClassArchive {

  private static final Path FOLDER = Path.of("target").toAbsolutePath();

  private static List<String> options;

  private ClassArchive() {}

  /** What a JVM is told to use the archive; nothing where the JVM can't make one. */
  static synchronized List<String> options() {
    if (options == null) {
      try {
        options = archive().options();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return options;
  }

  /** Test JVMs side by side make it once. */
  private static DriverArchive archive() throws IOException {
    DriverArchive archive = DriverArchive.in(FOLDER);
    try (FileChannel channel =
            FileChannel.open(
                FOLDER.resolve("driver.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (lock.isValid() && !Files.exists(archive.file())) {
        make(archive.file());
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
