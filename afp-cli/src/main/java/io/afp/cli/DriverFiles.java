package io.afp.cli;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a driver is started from: Spark's class path, and the job jar with all layers. */
record DriverFiles(String sparkClassPath, Path jobJar) {

  /** The property that the launcher sets to the root of AFP. */
  private static final String HOME = "afp.home";

  /** Finds the files below the root of AFP. */
  static DriverFiles find() {
    Path target = home().resolve("afp-pipeline/target");
    Path classPath = target.resolve("spark.classpath");
    if (!Files.exists(classPath)) {
      throw missing(classPath);
    }
    try (var files = Files.list(target)) {
      Path jar =
          files
              .filter(f -> f.getFileName().toString().endsWith("-spark.jar"))
              .findFirst()
              .orElseThrow(() -> missing(target.resolve("afp-pipeline-<version>-spark.jar")));
      return new DriverFiles(Files.readString(classPath).strip(), jar);
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
        "Cannot start a driver: it is not built (missing=%s)".formatted(file),
        "Run `./mvnw -DskipTests package`, or start the command by ./afp, which builds what it needs.");
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
