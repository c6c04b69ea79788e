package io.afp.core.lake;

import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** Reads values as Spark holds them inside. */
final class Values {

  private Values() {}

  /** Reads a value that is a whole number inside. */
  interface ToLong extends Serializable {
    long of(InternalRow values, int at);
  }

  /**
   * The reader of a type.
   *
   * @throws IllegalArgumentException if its values are no whole numbers inside
   */
  static ToLong whole(DataType type) {
    if (type instanceof LongType
        || type instanceof TimestampType
        || type instanceof TimestampNTZType) {
      return InternalRow::getLong;
    }
    if (type instanceof IntegerType || type instanceof DateType) {
      return InternalRow::getInt;
    }
    if (type instanceof ShortType) {
      return InternalRow::getShort;
    }
    if (type instanceof ByteType) {
      return InternalRow::getByte;
    }
    throw new IllegalArgumentException("values of type %s can't be measured".formatted(type.sql()));
  }
}
