package io.afp.core.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The classes of Spark as a JVM has them after it has loaded and verified them: a driver that finds
 * them in an archive takes a third less processor time. The tests of afp-pipeline make it; each
 * class path and JVM has another one.
 */
public record DriverArchive(Path file) {

  /** That of the drivers whose class path is in the build folder of afp-pipeline. */
  public static DriverArchive in(Path target) throws IOException {
    String made =
        Files.readString(target.resolve("spark.classpath")).strip()
            + System.getProperty("java.vm.version");
    return new DriverArchive(target.resolve("driver-%08x.jsa".formatted(made.hashCode())));
  }

  /** What a JVM is told to use the archive; nothing where there is none. */
  public List<String> options() {
    return Files.exists(file)
        ? List.of("-XX:SharedArchiveFile=" + file, "-Xshare:auto", "-Xlog:cds=off")
        : List.of();
  }
}
