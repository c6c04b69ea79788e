package io.afp.core.spi;

import io.afp.core.lake.RawRows;
import org.apache.spark.sql.SparkSession;

/** Where a program reads rows from. */
@FunctionalInterface
public interface RawSource {

  /** The rows as they are. Nothing is read before they are used. */
  RawRows read(SparkSession session);
}
