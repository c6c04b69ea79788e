package breach.partsofthecoreseenospark.core.logging;

import org.apache.spark.sql.SparkSession;

/** A seeded breach. */
final class RunLog {
  SparkSession seen;
}
