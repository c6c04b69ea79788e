package io.afp.observe.lineage;

import java.util.Optional;

/** What is at work. */
final class Versions {

  private Versions() {}

  /** The version of AFP, by the manifest of its jar. */
  static String afp() {
    return Optional.ofNullable(Versions.class.getPackage().getImplementationVersion())
        .orElse("unpacked");
  }

  /** The version of Spark. */
  static String spark() {
    return org.apache.spark.package$.MODULE$.SPARK_VERSION();
  }
}
