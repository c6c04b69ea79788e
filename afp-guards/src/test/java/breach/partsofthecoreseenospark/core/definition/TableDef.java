package breach.partsofthecoreseenospark.core.definition;

import org.apache.spark.sql.SparkSession;

/** A seeded breach. */
final class TableDef {
  SparkSession seen;
}
