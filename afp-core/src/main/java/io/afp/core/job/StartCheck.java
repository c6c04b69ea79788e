package io.afp.core.job;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.error.Problem;
import io.afp.core.settings.Build;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.apache.spark.package$;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.util.Properties;

/**
 * Whether a driver stands on what AFP is built for: its Spark and Scala, one copy of each library
 * that must not be there twice, and a JDBC driver that Iceberg sees.
 *
 * <p>It is asked before any work. What it finds would else show in the middle of a run, by errors
 * that name none of the causes.
 *
 * @param spark the version of the Spark that is loaded
 * @param scala the version of the Scala that is loaded
 * @param iceberg the loader of Iceberg's classes
 * @param driver the loader of the driver's own classes
 */
record StartCheck(String spark, String scala, ClassLoader iceberg, ClassLoader driver) {

  private static final Logger log = LoggerFactory.getLogger(StartCheck.class);
  private static final String POSTGRES = "org.postgresql.Driver";
  private static final String ICEBERG = "org.apache.iceberg.jdbc.JdbcCatalog";

  private static final String KEEP_ONE =
      "Leave one: take the other out of --jars, --packages, spark.driver.extraClassPath or Spark's jars.";
  private static final String OTHER_SPARK =
      "Let SPARK_HOME name a Spark %s for Scala %s, on the driver and on all executors.";

  /**
   * Throws all that is wrong.
   *
   * @throws AfpException CLASS_PATH or OTHER_RUNTIME
   */
  static void pass() {
    Build built = Build.read();
    StartCheck check = ofThisProcess();
    List<Problem> problems = check.problems(built);
    if (!problems.isEmpty()) {
      throw AfpException.of(problems);
    }
    if (!check.spark().equals(built.spark())) {
      log.warn("AFP is tried with Spark {}; this one is {}", built.spark(), check.spark());
    }
  }

  private static StartCheck ofThisProcess() {
    ClassLoader driver = StartCheck.class.getClassLoader();
    return new StartCheck(
        package$.MODULE$.SPARK_VERSION(),
        Properties.versionNumberString(),
        iceberg(driver),
        driver);
  }

  private static ClassLoader iceberg(ClassLoader driver) {
    try {
      return Class.forName(ICEBERG, false, driver).getClassLoader();
    } catch (ClassNotFoundException e) {
      return driver; // it is missing, and so is what it would see
    }
  }

  List<Problem> problems(Build built) {
    return Stream.of(
            fits("Spark", spark, built.spark(), built),
            fits("Scala", scala, built.scala(), built),
            once("Spark", "org.apache.spark.SparkContext"),
            once("Scala", "scala.Option"),
            once("Iceberg", ICEBERG),
            once("the JDBC driver of Postgres", POSTGRES),
            seen(),
            open(StartCheck.class.getModule()))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Problem> fits(String what, String found, String needed, Build built) {
    return binary(found).equals(binary(needed))
        ? Optional.empty()
        : problem(
            ErrorCode.OTHER_RUNTIME,
            "Cannot start: AFP is built for another %s (needed=%s, found=%s)"
                .formatted(what, binary(needed), found),
            OTHER_SPARK.formatted(built.spark(), binary(built.scala())));
  }

  /** Versions that have this in common stand in for each other: {@code 3.5} of {@code 3.5.9}. */
  private static String binary(String version) {
    return version.replaceFirst("^(\\d+\\.\\d+).*", "$1");
  }

  private Optional<Problem> once(String what, String className) {
    List<String> places = places(className);
    if (places.isEmpty()) {
      return problem(
          ErrorCode.CLASS_PATH,
          "Cannot start: %s is not on the class path (class=%s)".formatted(what, className),
          "Start AFP's job jar, which has it.");
    }
    return places.size() == 1
        ? Optional.empty()
        : problem(
            ErrorCode.CLASS_PATH,
            "Cannot start: %s is on the class path more than once (first=%s, then=%s)"
                .formatted(
                    what, places.get(0), String.join(", ", places.subList(1, places.size()))),
            KEEP_ONE);
  }

  /** The manager of JDBC drivers gives a caller only those that its own loader sees. */
  private Optional<Problem> seen() {
    if (iceberg.getResource(file(POSTGRES)) != null) {
      return Optional.empty();
    }
    List<String> places = places(POSTGRES);
    return places.isEmpty()
        ? Optional.empty()
        : problem(
            ErrorCode.CLASS_PATH,
            "Cannot start: Iceberg does not see the JDBC driver of Postgres (driver=%s, iceberg=%s)"
                .formatted(places.get(0), String.join(", ", places(ICEBERG))),
            "Let both come from one place: from AFP's job jar, with no Iceberg in the jars of Spark.");
  }

  /**
   * spark-submit opens what Spark needs; a worker of a standalone cluster that starts a driver does
   * not.
   */
  static Optional<Problem> open(Module asking) {
    return Object.class.getModule().isOpen("sun.nio.ch", asking)
        ? Optional.empty()
        : problem(
            ErrorCode.OTHER_RUNTIME,
            "Cannot start: Java keeps closed what Spark needs (package=sun.nio.ch, java=%s)"
                .formatted(Build.java()),
            "Give the driver its options: --driver-java-options \"%s\"."
                .formatted(JavaModuleOptions.defaultModuleOptions()));
  }

  private static Optional<Problem> problem(ErrorCode code, String message, String fix) {
    return Optional.of(Problem.error(code, message, Location.nowhere(), fix));
  }

  private static String file(String className) {
    return className.replace('.', '/') + ".class";
  }

  /** Where a class lies; a copy of the same file is no other place, because Spark makes some. */
  private List<String> places(String className) {
    Map<String, String> places = new LinkedHashMap<>();
    try {
      for (URL url : Collections.list(driver.getResources(file(className)))) {
        String place = place(url);
        places.putIfAbsent(content(place), place);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(places.values());
  }

  private static String place(URL url) {
    String place = url.toString().replaceFirst("^jar:", "").replaceFirst("!/.*$", "");
    return place.startsWith("file:") ? Path.of(URI.create(place)).toString() : place;
  }

  private static String content(String place) throws IOException {
    Path file = Path.of(place);
    return Files.isRegularFile(file) ? file.getFileName() + " " + Files.size(file) : place;
  }
}
