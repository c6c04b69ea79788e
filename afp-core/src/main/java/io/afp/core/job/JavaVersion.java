package io.afp.core.job;

import org.slf4j.LoggerFactory;

/**
 * Refuses a Java that AFP or its Spark does not work with.
 *
 * <p>Spark 3.5 starts on Java 8 too, where a class of AFP can't even be loaded. So this class and
 * the entries of the job jars are compiled for Java 8, and call nothing else of AFP before.
 */
public final class JavaVersion {

  /** The code of {@code OTHER_RUNTIME}, which an older Java can't load. */
  static final String CODE = "AFP-RUN-011";

  private static final int OLDEST = 17;
  private static final int NEWEST = 23;
  private static final int CONFIGURATION = 78;

  private JavaVersion() {}

  /** Ends the process with the exit code of a wrong configuration, unless its Java fits. */
  public static void require() {
    String found = System.getProperty("java.specification.version");
    if (!fits(found)) {
      LoggerFactory.getLogger(JavaVersion.class)
          .error(
              "{} Cannot start: AFP is built for another Java (needed={} to {}, found={}, home={})\n"
                  + "    fix  Let JAVA_HOME name a Java {}, on the driver and on all executors.",
              CODE,
              OLDEST,
              NEWEST,
              found,
              System.getProperty("java.home"),
              OLDEST);
      System.exit(CONFIGURATION);
    }
  }

  /** Whether AFP works with a Java, as it calls itself: {@code 1.8}, {@code 11}. */
  static boolean fits(String specification) {
    int version = Integer.parseInt(specification.replaceFirst("^1\\.", ""));
    return version >= OLDEST && version <= NEWEST;
  }
}
