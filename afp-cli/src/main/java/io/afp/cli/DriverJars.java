package io.afp.cli;

import io.afp.core.settings.Settings;
import java.io.File;
import java.util.ArrayList;
import java.util.List;

/**
 * The jars of a driver beside the job jar.
 *
 * @param classPath of its JVM
 * @param added what it gives to its executors, too
 */
record DriverJars(String classPath, List<String> added) {

  /** With those for S3 only where the project uses it: others need not load them. */
  static DriverJars of(Settings settings, DriverFiles files, String master) {
    List<String> added = new ArrayList<>(new ClassPathJars(settings).found());
    if (settings.s3().isEmpty()) {
      return new DriverJars(files.sparkClassPath(), added);
    }
    if (!master.startsWith("local")) {
      added.addAll(DriverFiles.s3Jars());
      return new DriverJars(files.sparkClassPath(), added);
    }
    String s3 = String.join(File.pathSeparator, DriverFiles.s3Jars());
    return new DriverJars(files.sparkClassPath() + File.pathSeparator + s3, added);
  }
}
