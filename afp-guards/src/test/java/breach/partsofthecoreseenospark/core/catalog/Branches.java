package breach.partsofthecoreseenospark.core.catalog;

import org.apache.spark.sql.SparkSession;

/** A seeded breach. */
final class Branches {
  SparkSession seen;
}
