package io.afp.core.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The versions that AFP was built with. */
public record Build(String afp, String spark, String scala, String iceberg) {

  /** Those of this AFP. */
  public static Build read() {
    Properties properties = new Properties();
    try (InputStream file = Build.class.getResourceAsStream("build.properties")) {
      properties.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Build(
        properties.getProperty("afp"),
        properties.getProperty("spark"),
        properties.getProperty("scala"),
        properties.getProperty("iceberg"));
  }

  /** The Java that runs this. */
  public static String java() {
    return System.getProperty("java.version");
  }
}
