package io.afp.cli;

import io.afp.core.settings.Settings;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The jars of a driver beside the job jar.
 *
 * @param classPath of its JVM
 * @param added what it gives to its executors, too
 */
record DriverJars(String classPath, List<String> added) {

  /**
   * With those for S3, and those that tell others of runs, only where the project uses them: others
   * need not load them. Where driver and executors are one process, what knows nothing of AFP is on
   * its class path, for what is added is copied.
   */
  static DriverJars of(Settings settings, DriverFiles files, String master) {
    List<String> added = new ArrayList<>(new ClassPathJars(settings).found());
    List<String> libraries = new ArrayList<>();
    if (settings.s3().isPresent()) {
      libraries.addAll(DriverFiles.s3Jars());
    }
    if (settings.observability().isUsed()) {
      String own = DriverFiles.observeJar();
      added.add(own);
      libraries.addAll(DriverFiles.observeJars());
      libraries.remove(own);
    }
    if (!master.startsWith("local")) {
      added.addAll(libraries);
      return new DriverJars(files.sparkClassPath(), added);
    }
    String classPath =
        Stream.concat(Stream.of(files.sparkClassPath()), libraries.stream())
            .collect(Collectors.joining(File.pathSeparator));
    return new DriverJars(classPath, added);
  }
}
