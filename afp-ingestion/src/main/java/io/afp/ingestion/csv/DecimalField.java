package io.afp.ingestion.csv;

import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;
import org.apache.spark.sql.types.Decimal;

/** Decimals in digits that are no more than the type has. */
final class DecimalField implements FieldWriter {

  private final NumberText number = new NumberText();
  private final AnyForm any;
  private final int precision;
  private final int scale;
  private final int mostWhole;
  private final long[] powers = Decimal.POW_10();

  DecimalField(AnyForm any) {
    this.any = any;
    this.precision = any.type().precision();
    this.scale = any.type().scale();
    this.mostWhole = Math.min(precision, Decimal.MAX_LONG_DIGITS()) - scale;
  }

  @Override
  public boolean write(byte[] text, int from, int to, UnsafeRowWriter row, int ordinal) {
    if (!number.read(text, from, to) || !fits()) {
      return any.write(text, from, to, row, ordinal);
    }
    long digits = number.digits() * powers[scale - number.decimals()];
    write(number.isNegative() ? -digits : digits, row, ordinal);
    return true;
  }

  private boolean fits() {
    return number.exponent() == 0 && number.whole() <= mostWhole && number.decimals() <= scale;
  }

  private void write(long unscaled, UnsafeRowWriter row, int ordinal) {
    if (precision <= Decimal.MAX_LONG_DIGITS()) {
      row.write(ordinal, unscaled);
    } else {
      row.write(ordinal, Decimal.createUnsafe(unscaled, precision, scale), precision, scale);
    }
  }

  @Override
  public void writeNull(UnsafeRowWriter row, int ordinal) {
    any.writeNull(row, ordinal);
  }
}
