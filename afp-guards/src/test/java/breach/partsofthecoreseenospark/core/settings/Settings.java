package breach.partsofthecoreseenospark.core.settings;

import org.apache.spark.sql.SparkSession;

/** A seeded breach. */
final class Settings {
  SparkSession seen;
}
