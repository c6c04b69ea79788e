package breach.partsofthecoreseenospark.core.yaml;

import org.apache.spark.sql.SparkSession;

/** A seeded breach. */
final class Field {
  SparkSession seen;
}
