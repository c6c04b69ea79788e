package breach.partsofthecoreseenospark.core.error;

import org.apache.spark.sql.SparkSession;

/** A seeded breach. */
final class AfpException {
  SparkSession seen;
}
