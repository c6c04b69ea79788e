package breach.partsofthecoreseenospark.core.ledger;

import org.apache.spark.sql.SparkSession;

/** A seeded breach. */
final class Ledger {
  SparkSession seen;
}
