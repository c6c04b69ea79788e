package io.afp.core.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.package$;

/**
 * An unmodified Spark, of the version that AFP is built with, for tests that go through {@code
 * spark-submit}.
 *
 * <p>It is the first of these:
 *
 * <ol>
 *   <li>the folder that the environment variable {@code AFP_TEST_SPARK_HOME} names;
 *   <li>the Spark inside PyPI's {@code pyspark}, installed once for all builds of this account into
 *       {@code ~/.cache/afp/spark-<version>}.
 * </ol>
 *
 * <p>Where neither is possible it throws; a test is never skipped for want of Spark.
 */
public final class SparkDistribution {
  private static final String VERSION = package$.MODULE$.SPARK_VERSION();
  private static final String HOME_VARIABLE = "AFP_TEST_SPARK_HOME";

  private SparkDistribution() {}

  /** The folder with {@code bin/spark-submit} and {@code jars}. */
  public static synchronized Path home() {
    String named = System.getenv(HOME_VARIABLE);
    if (named != null && !named.isBlank()) {
      return checked(Path.of(named));
    }
    Path cache = Path.of(System.getProperty("user.home"), ".cache", "afp");
    return checked(installed(cache));
  }

  /** The command {@code spark-submit} of the distribution. */
  public static Path sparkSubmit() {
    return home().resolve("bin").resolve("spark-submit");
  }

  private static Path installed(Path cache) {
    Path environment = cache.resolve("spark-" + VERSION);
    try {
      Files.createDirectories(cache);
      try (FileChannel channel =
              FileChannel.open(
                  cache.resolve("spark-" + VERSION + ".lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        Path complete = environment.resolve("complete");
        if (lock.isValid() && !Files.exists(complete)) {
          install(environment, cache.resolve("spark-" + VERSION + ".log"));
          Files.createFile(complete);
        }
      }
      return packageIn(environment);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot install Spark: the cache fails (path=" + cache + ")", e);
    }
  }

  private static void install(Path environment, Path log) throws IOException {
    run(List.of("python3", "-m", "venv", "--clear", environment.toString()), log);
    run(
        List.of(
            environment.resolve("bin").resolve("python3").toString(),
            "-m",
            "pip",
            "install",
            "--no-input",
            "--no-cache-dir",
            "pyspark==" + VERSION),
        log);
  }

  private static void run(List<String> command, Path log) throws IOException {
    int exitCode;
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      process.getOutputStream().close();
      exitCode = process.waitFor();
    } catch (IOException e) {
      throw new IllegalStateException(failure(command, e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(failure(command, "interrupted"), e);
    }
    if (exitCode != 0) {
      throw new IllegalStateException(
          failure(command, "exit code " + exitCode + "\n" + Files.readString(log)));
    }
  }

  private static String failure(List<String> command, String why) {
    return "Cannot install Spark "
        + VERSION
        + ": "
        + why
        + " (command="
        + String.join(" ", command)
        + "). Install python3 with its venv module, or set "
        + HOME_VARIABLE
        + " to an unpacked Spark "
        + VERSION
        + ".";
  }

  private static Path packageIn(Path environment) throws IOException {
    try (Stream<Path> versions = Files.list(environment.resolve("lib"))) {
      return versions
          .map(version -> version.resolve("site-packages").resolve("pyspark"))
          .filter(Files::isDirectory)
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalStateException(
                      "Cannot find pyspark: the environment has none (path=" + environment + ")"));
    }
  }

  private static Path checked(Path home) {
    Path core = home.resolve("jars").resolve("spark-core_2.12-" + VERSION + ".jar");
    if (!Files.isRegularFile(core)) {
      throw new IllegalStateException(
          "Cannot use Spark: it is not an unmodified Spark "
              + VERSION
              + " (missing="
              + core
              + "). Set "
              + HOME_VARIABLE
              + " to one, or unset it.");
    }
    return home;
  }
}
