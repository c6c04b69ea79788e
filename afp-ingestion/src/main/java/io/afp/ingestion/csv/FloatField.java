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
    double value = number.read(text, from, to) ? NearestDouble.of(number) : NearestDouble.NONE;
    if (!isSure(value)) {
      return any.write(text, from, to, row, ordinal);
    }
    row.write(ordinal, (float) value);
    return true;
  }

  /**
   * Whether rounding again gives the nearest float. Not where the double is in the middle between
   * two floats: the number itself may be on either side of it. And not where floats are denser, or
   * end.
   */
  private static boolean isSure(double value) {
    double size = Math.abs(value);
    boolean isNormal = size >= Float.MIN_NORMAL && size <= Float.MAX_VALUE;
    return size == 0 || (isNormal && (Double.doubleToRawLongBits(value) & BELOW_FLOAT) != HALF);
  }
}
