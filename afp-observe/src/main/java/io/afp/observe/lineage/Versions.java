package io.afp.observe.lineage;

import io.afp.core.settings.Build;

/** What is at work. */
final class Versions {

  private static final String AFP = Build.read().afp();

  private Versions() {}

  /** The version of AFP. */
  static String afp() {
    return AFP;
  }

  /** The version of Spark. */
  static String spark() {
    return org.apache.spark.package$.MODULE$.SPARK_VERSION();
  }
}
