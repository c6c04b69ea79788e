package io.afp.cli;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a driver is started from: Spark's class path, and the job jar with all layers. */
record DriverFiles(String sparkClassPath, Path jobJar) {

  /** The property that the launcher sets to the root of AFP. */
  private static final String HOME = "afp.home";

  /** Finds the files below the root of AFP: a distribution, or a clone that is built. */
  static DriverFiles find() {
    String classPath = String.join(File.pathSeparator, libraries("pipeline", "spark"));
    Path folder = isUnpacked() ? home().resolve("jobs") : built("pipeline");
    return new DriverFiles(classPath, jar(folder, "afp-pipeline-.*-spark\\.jar"));
  }

  /** What reads and writes S3, for the drivers of projects that use it. */
  static List<String> s3Jars() {
    return libraries("s3", "s3");
  }

  /** AFP's own jar that tells other systems of runs, for the drivers of projects that do. */
  static String observeJar() {
    Path folder = isUnpacked() ? home().resolve("lib/observe") : built("observe");
    return jar(folder, "afp-observe-[^-]*(-SNAPSHOT)?\\.jar").toString();
  }

  /** What that jar needs; in a distribution it is itself among them. */
  static List<String> observeJars() {
    return libraries("observe", "observe");
  }

  private static boolean isUnpacked() {
    return Files.isDirectory(home().resolve("jobs"));
  }

  private static Path built(String module) {
    return home().resolve("afp-%s/target".formatted(module));
  }

  /** Those of a folder of the distribution; in a clone those that the build of a module lists. */
  private static List<String> libraries(String module, String name) {
    if (isUnpacked()) {
      return files(home().resolve("lib").resolve(name)).stream().map(Path::toString).toList();
    }
    Path classPath = built(module).resolve(name + ".classpath");
    if (!Files.exists(classPath)) {
      throw missing(classPath);
    }
    try {
      return List.of(Files.readString(classPath).strip().split(File.pathSeparator));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path jar(Path folder, String pattern) {
    return files(folder).stream()
        .filter(file -> file.getFileName().toString().matches(pattern))
        .findFirst()
        .orElseThrow(() -> missing(folder.resolve(pattern)));
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (NoSuchFileException e) {
      throw missing(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path home() {
    return Path.of(System.getProperty(HOME, "")).toAbsolutePath();
  }

  private static AfpException missing(Path file) {
    return new AfpException(
        ErrorCode.BUILD_MISSING,
        "Cannot start a driver: a part of AFP is not there (missing=%s)".formatted(file),
        "In a clone, start the command by ./afp, which builds what it needs; else unpack the"
            + " distribution again.");
  }

  /** What Spark needs on Java 17; the same list as in the build. */
  static List<String> jvmOptions() {
    return List.of(
        "-XX:+IgnoreUnrecognizedVMOptions",
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
        "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
        "--add-opens=java.base/java.io=ALL-UNNAMED",
        "--add-opens=java.base/java.net=ALL-UNNAMED",
        "--add-opens=java.base/java.nio=ALL-UNNAMED",
        "--add-opens=java.base/java.util=ALL-UNNAMED",
        "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
        "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
        "--add-opens=java.base/jdk.internal.ref=ALL-UNNAMED",
        "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
        "--add-opens=java.base/sun.nio.cs=ALL-UNNAMED",
        "--add-opens=java.base/sun.security.action=ALL-UNNAMED",
        "--add-opens=java.base/sun.util.calendar=ALL-UNNAMED",
        "--add-opens=java.security.jgss/sun.security.krb5=ALL-UNNAMED",
        "-Djdk.reflect.useDirectMethodHandle=false");
  }
}
