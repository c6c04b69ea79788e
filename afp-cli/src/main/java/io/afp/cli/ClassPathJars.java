package io.afp.cli;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.settings.JarFiles;
import io.afp.core.settings.Settings;
import java.util.ArrayList;
import java.util.List;

/** The jars that {@code classpath} of the settings names. */
record ClassPathJars(Settings settings) {

  /**
   * Their addresses, in the order in which they are named.
   *
   * @throws AfpException if a path or glob names no file
   */
  List<String> found() {
    List<String> entries = settings.classpath();
    List<String> jars = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      jars.addAll(jars(entries.get(i), "classpath[%d]".formatted(i)));
    }
    return jars.stream().distinct().toList();
  }

  private List<String> jars(String entry, String key) {
    JarFiles files = new JarFiles(settings.root(), entry);
    List<String> jars = files.addresses();
    if (jars.isEmpty()) {
      throw AfpException.at(
          settings.origins().get(key).location(),
          ErrorCode.SETTING_WRONG,
          "Cannot start a driver: there is no jar for its class path (%s=%s)"
              .formatted(key, files.path()),
          "Build the jar, or correct classpath; only the name of the file may have a * in it.");
    }
    return jars;
  }
}
