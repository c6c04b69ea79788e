package io.afp.cli;

import io.afp.core.error.AfpException;
import io.afp.core.settings.Build;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the doctor finds out about the jars of a driver. */
final class JarFindings {

  private static final String REPAIR =
      "Run `./mvnw -DskipTests package` in a clone; else unpack the distribution again.";
  private static final Pattern SPARK_JAR = Pattern.compile("spark-core_[\\d.]+-(.+?)\\.jar");

  private JarFindings() {}

  static List<Finding> all() {
    try {
      DriverFiles files = DriverFiles.find();
      String[] classPath = files.sparkClassPath().split(File.pathSeparator);
      List<String> missing =
          Stream.of(classPath).filter(entry -> !Files.exists(Path.of(entry))).toList();
      if (!missing.isEmpty()) {
        return List.of(
            Finding.wrong(
                "driver",
                "Cannot start a driver: %d of its %d jars are not there (such as=%s)"
                    .formatted(missing.size(), classPath.length, missing.get(0)),
                REPAIR));
      }
      String detail =
          "%s, and %d jars of Spark".formatted(files.jobJar().getFileName(), classPath.length);
      return List.of(Finding.ok("driver", detail), spark(files.sparkClassPath()));
    } catch (AfpException e) {
      return List.of(Finding.wrong("driver", e));
    }
  }

  private static Finding spark(String classPath) {
    String needed = Build.read().spark();
    String found =
        SPARK_JAR.matcher(classPath).results().map(MatchResult::group).findFirst().orElse("none");
    return found.endsWith("-" + needed + ".jar")
        ? Finding.ok("spark", needed)
        : Finding.wrong(
            "spark",
            "The jars are not those of Spark %s (found=%s)".formatted(needed, found),
            REPAIR);
  }
}
