package io.afp.ingestion.csv;

import io.afp.core.definition.Rounding;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;
import org.apache.spark.sql.types.Decimal;

/**
 * Decimals in digits that are no more than the type has, or rounded to them where that is declared.
 * Those of more than 18 digits are objects, because Spark writes them so.
 */
final class DecimalField implements FieldWriter {

  private final NumberText number = new NumberText();
  private final AnyForm any;
  private final int precision;
  private final int scale;
  private final boolean isWide;
  private final boolean rounds;
  private final long[] powers = Decimal.POW_10();

  DecimalField(AnyForm any, Rounding rounding) {
    this.any = any;
    this.precision = any.type().precision();
    this.scale = any.type().scale();
    this.isWide = precision > Decimal.MAX_LONG_DIGITS();
    this.rounds = !isWide && rounding == Rounding.HALF_UP;
  }

  @Override
  public boolean write(byte[] text, int from, int to, UnsafeRowWriter row, int ordinal) {
    if (!number.read(text, from, to) || !fits()) {
      return any.write(text, from, to, row, ordinal);
    }
    if (isWide) {
      row.write(ordinal, wide(), precision, scale);
      return true;
    }
    int missing = scale - number.decimals();
    long digits = missing >= 0 ? number.digits() * powers[missing] : rounded(powers[-missing]);
    if (digits >= powers[precision]) {
      return false;
    }
    row.write(ordinal, signed(digits));
    return true;
  }

  /** Without the digits behind the scale, half of the last one up. */
  private long rounded(long power) {
    long rest = number.digits() % power;
    return number.digits() / power + (2 * rest >= power ? 1 : 0);
  }

  private long signed(long digits) {
    return number.isNegative() ? -digits : digits;
  }

  private Decimal wide() {
    BigDecimal value = BigDecimal.valueOf(signed(number.digits()), number.decimals());
    return Decimal.apply(value.setScale(scale, RoundingMode.UNNECESSARY), precision, scale);
  }

  private boolean fits() {
    return number.exponent() == 0
        && number.whole() <= precision - scale
        && number.decimals() <= (rounds ? scale + powers.length - 1 : scale);
  }

  @Override
  public void writeNull(UnsafeRowWriter row, int ordinal) {
    any.writeNull(row, ordinal);
  }
}
