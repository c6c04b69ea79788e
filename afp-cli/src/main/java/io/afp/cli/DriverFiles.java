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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a driver is started from: Spark's class path, and the job jar with all layers. */
record DriverFiles(String sparkClassPath, Path jobJar) {

  /** The property that the launcher sets to the root of AFP. */
  private static final String HOME = "afp.home";

  /** Finds the files below the root of AFP: a distribution, or a clone that is built. */
  static DriverFiles find() {
    Path jobs = home().resolve("jobs");
    return Files.isDirectory(jobs) ? unpacked(jobs) : built(home().resolve("afp-pipeline/target"));
  }

  private static DriverFiles unpacked(Path jobs) {
    String jars =
        files(home().resolve("lib/spark")).stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    return new DriverFiles(jars, jobJar(jobs));
  }

  private static DriverFiles built(Path target) {
    Path classPath = target.resolve("spark.classpath");
    if (!Files.exists(classPath)) {
      throw missing(classPath);
    }
    try {
      return new DriverFiles(Files.readString(classPath).strip(), jobJar(target));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What reads and writes S3, for the drivers of projects that use it. */
  static List<String> s3Jars() {
    return besideJobs("s3");
  }

  /** What tells other systems of runs, for the drivers of projects that do: first AFP's own jar. */
  static List<String> observeJars() {
    Path folder = isUnpacked() ? home().resolve("lib/observe") : built("observe");
    String own = jar(folder, "afp-observe-[^-]*(-SNAPSHOT)?\\.jar").toString();
    Stream<String> libraries = besideJobs("observe").stream().filter(jar -> !jar.equals(own));
    return Stream.concat(Stream.of(own), libraries).toList();
  }

  private static boolean isUnpacked() {
    return Files.isDirectory(home().resolve("jobs"));
  }

  private static Path built(String module) {
    return home().resolve("afp-%s/target".formatted(module));
  }

  private static List<String> besideJobs(String name) {
    if (isUnpacked()) {
      return files(home().resolve("lib").resolve(name)).stream().map(Path::toString).toList();
    }
    Path classPath = built(name).resolve(name + ".classpath");
    if (!Files.exists(classPath)) {
      throw missing(classPath);
    }
    try {
      return List.of(Files.readString(classPath).strip().split(File.pathSeparator));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path jobJar(Path folder) {
    return jar(folder, "afp-pipeline-.*-spark\\.jar");
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
