package io.afp.transform.blocks;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.RowOrdering;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * An order by all columns, for rows that are equal in the order that counts: two rows that are
 * equal in this one too are the same, so that it does not matter which of them comes first.
 */
final class Ties {

  private Ties() {}

  /**
   * The columns to order by.
   *
   * @throws IllegalArgumentException if the values of a column have no order
   */
  static List<Column> of(StructType schema) {
    List<Column> order = new ArrayList<>();
    for (StructField field : schema.fields()) {
      requireOrder(field);
      order.add(Fields.named(field.name()));
      if (hasTwoZeros(field.dataType())) {
        order.add(Fields.named(field.name()).cast("string"));
      }
    }
    return order;
  }

  private static void requireOrder(StructField field) {
    if (!RowOrdering.isOrderable(field.dataType())) {
      throw new IllegalArgumentException(
          "Cannot order rows by column %s: its values have no order (type=%s). Leave it out, or"
                  .formatted(field.name(), field.dataType().sql())
              + " bring it to a type that has one");
    }
  }

  /** 0.0 and -0.0 are equal in an order and are not the same. */
  private static boolean hasTwoZeros(DataType type) {
    if (type instanceof StructType struct) {
      return List.of(struct.fields()).stream().anyMatch(f -> hasTwoZeros(f.dataType()));
    }
    return type instanceof ArrayType array
        ? hasTwoZeros(array.elementType())
        : type instanceof DoubleType || type instanceof FloatType;
  }
}
