package io.afp.ingestion.csv;

import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;

/** Floats in digits, bit for bit as Java reads them. */
record FloatField(AnyForm any, NumberText number) implements FieldWriter {

  private static final long BELOW_FLOAT = (1L << 29) - 1;
  private static final long HALF = 1L << 28;

  FloatField(AnyForm any) {
    this(any, new NumberText());
  }

  @Override
  public boolean write(byte[] text, int from, int to, UnsafeRowWriter row, int ordinal) {
    double value = number.read(text, from, to) ? ExactDouble.of(number) : ExactDouble.OTHER;
    if (Double.isNaN(value) || isHalfway(value)) {
      return any.write(text, from, to, row, ordinal);
    }
    row.write(ordinal, (float) value);
    return true;
  }

  /**
   * Whether the nearest double is in the middle between two floats: the number itself may be on
   * either side of it, so that rounding it again could be wrong. All others are on the side on
   * which their double is. They are far from the largest and the smallest floats.
   */
  private static boolean isHalfway(double value) {
    return (Double.doubleToRawLongBits(value) & BELOW_FLOAT) == HALF;
  }
}
