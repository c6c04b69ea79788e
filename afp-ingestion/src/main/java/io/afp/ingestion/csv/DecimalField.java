package io.afp.ingestion.csv;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;
import org.apache.spark.sql.types.Decimal;

/**
 * Decimals in digits that are no more than the type has. Those of more than 18 digits are objects,
 * because Spark writes them so.
 */
final class DecimalField implements FieldWriter {

  private final NumberText number = new NumberText();
  private final AnyForm any;
  private final int precision;
  private final int scale;
  private final boolean isWide;
  private final long[] powers = Decimal.POW_10();

  DecimalField(AnyForm any) {
    this.any = any;
    this.precision = any.type().precision();
    this.scale = any.type().scale();
    this.isWide = precision > Decimal.MAX_LONG_DIGITS();
  }

  @Override
  public boolean write(byte[] text, int from, int to, UnsafeRowWriter row, int ordinal) {
    if (!number.read(text, from, to) || !fits()) {
      return any.write(text, from, to, row, ordinal);
    }
    if (isWide) {
      row.write(ordinal, wide(), precision, scale);
    } else {
      row.write(ordinal, signed() * powers[scale - number.decimals()]);
    }
    return true;
  }

  private long signed() {
    return number.isNegative() ? -number.digits() : number.digits();
  }

  private Decimal wide() {
    BigDecimal value = BigDecimal.valueOf(signed(), number.decimals());
    return Decimal.apply(value.setScale(scale, RoundingMode.UNNECESSARY), precision, scale);
  }

  private boolean fits() {
    return number.exponent() == 0
        && number.whole() <= precision - scale
        && number.decimals() <= scale;
  }

  @Override
  public void writeNull(UnsafeRowWriter row, int ordinal) {
    any.writeNull(row, ordinal);
  }
}
