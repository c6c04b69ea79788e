package io.afp.core.lake;

import io.afp.core.measure.Comoments;
import io.afp.core.measure.Distinct;
import io.afp.core.measure.Frequencies;
import io.afp.core.measure.Moments;
import io.afp.core.measure.Quantiles;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.QuantileSummaries;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.unsafe.types.UTF8String;

/** The tallies of each kind of measure but counts and extremes. */
final class Tallies {

  private Tallies() {}

  /** The registers of HyperLogLog++, from hashes, as Spark fills them. */
  static final class OfDistinct implements Tally {
    private static final long PADDING = 1L << (Distinct.PRECISION - 1);
    private final byte[] registers = new byte[1 << Distinct.PRECISION];
    private long judged;

    @Override
    public void add(InternalRow values, int at) {
      judged++;
      long hash = values.getLong(at);
      int register = (int) (hash >>> (Long.SIZE - Distinct.PRECISION));
      int zeros = Long.numberOfLeadingZeros((hash << Distinct.PRECISION) | PADDING) + 1;
      if (zeros > registers[register]) {
        registers[register] = (byte) zeros;
      }
    }

    @Override
    public Distinct state() {
      Long[] words = new Long[Distinct.WORDS];
      Arrays.fill(words, 0L);
      for (int i = 0; i < registers.length; i++) {
        int word = i / Distinct.REGISTERS;
        words[word] |= (long) registers[i] << (i % Distinct.REGISTERS * Distinct.BITS);
      }
      return new Distinct(judged, Arrays.asList(words));
    }
  }

  /** The summary of Greenwald and Khanna, as Spark makes it. */
  static final class OfQuantiles implements Tally {
    private final double error;
    private QuantileSummaries summary;

    OfQuantiles(double error) {
      this.error = error;
      this.summary =
          new QuantileSummaries(
              QuantileSummaries.defaultCompressThreshold(),
              error,
              new QuantileSummaries.Stats[0],
              0,
              false);
    }

    @Override
    public void add(InternalRow values, int at) {
      summary = summary.insert(values.getDouble(at));
    }

    @Override
    public Quantiles state() {
      summary = summary.compress();
      return new Quantiles(
          summary.count(),
          error,
          Arrays.stream(summary.sampled())
              .map(s -> new Quantiles.Sample(s.value(), s.g(), s.delta()))
              .toList());
    }
  }

  /** How often each text occurs. */
  static final class OfFrequencies implements Tally {
    private final Map<UTF8String, Long> counts = new HashMap<>();
    private long judged;

    @Override
    public void add(InternalRow values, int at) {
      judged++;
      if (counts.size() > Frequencies.MOST) {
        return;
      }
      UTF8String text = values.getUTF8String(at);
      Long before = counts.get(text);
      counts.put(before == null ? text.copy() : text, before == null ? 1 : before + 1);
    }

    @Override
    public Frequencies state() {
      Map<String, Long> texts = new HashMap<>();
      counts.forEach((text, count) -> texts.put(text.toString(), count));
      return Frequencies.of(judged, texts);
    }
  }

  /** Moments by the method of Welford; the sum of whole numbers and decimals without rounding. */
  static final class OfMoments implements Tally {
    private final Number number;
    private long judged;
    private double mean;
    private double m2;
    private double m3;
    private double m4;
    private long sum;
    private BigInteger earlier = BigInteger.ZERO;

    OfMoments(DataType type) {
      this.number = Number.of(type);
    }

    @Override
    public void add(InternalRow values, int at) {
      double before = judged;
      judged++;
      double delta = number.read(values, at) - mean;
      double step = delta / judged;
      double square = step * step;
      double term = delta * step * before;
      mean += step;
      m4 += term * square * (judged * (judged - 3.0) + 3) + 6 * square * m2 - 4 * step * m3;
      m3 += term * step * (judged - 2.0) - 3 * step * m2;
      m2 += term;
      add(number.unscaled(values, at));
    }

    private void add(long unscaled) {
      long next = sum + unscaled;
      if (((sum ^ next) & (unscaled ^ next)) < 0) {
        earlier = earlier.add(BigInteger.valueOf(sum));
        next = unscaled;
      }
      sum = next;
    }

    @Override
    public Moments state() {
      BigInteger whole = earlier.add(BigInteger.valueOf(sum)).add(number.wide());
      BigDecimal exact = new BigDecimal(whole, number.scale());
      return new Moments(judged, mean, m2, m3, m4, exact);
    }
  }

  /** Comoments by the method of Welford. */
  static final class OfComoments implements Tally {
    private long judged;
    private double x;
    private double y;
    private double xx;
    private double yy;
    private double xy;

    @Override
    public void add(InternalRow values, int at) {
      InternalRow pair = values.getStruct(at, 2);
      judged++;
      double dx = pair.getDouble(0) - x;
      double dy = pair.getDouble(1) - y;
      x += dx / judged;
      y += dy / judged;
      double left = pair.getDouble(1) - y;
      xx += dx * (pair.getDouble(0) - x);
      yy += dy * left;
      xy += dx * left;
    }

    @Override
    public Comoments state() {
      return new Comoments(judged, x, y, xx, yy, xy);
    }
  }

  /** Reads numbers of one type. */
  private abstract static class Number {

    static Number of(DataType type) {
      if (type instanceof DecimalType decimal) {
        return new OfDecimal(decimal);
      }
      return type instanceof DoubleType || type instanceof FloatType
          ? new Floating(type)
          : new Whole(type);
    }

    abstract double read(InternalRow values, int at);

    /** The number without its point, where that is a long; 0 where it is not, or is not exact. */
    abstract long unscaled(InternalRow values, int at);

    /** The sum of those that are no longs. */
    BigInteger wide() {
      return BigInteger.ZERO;
    }

    int scale() {
      return 0;
    }
  }

  private static final class Whole extends Number {
    private final Values.ToLong value;

    Whole(DataType type) {
      this.value = Values.whole(type);
    }

    @Override
    double read(InternalRow values, int at) {
      return value.of(values, at);
    }

    @Override
    long unscaled(InternalRow values, int at) {
      return value.of(values, at);
    }
  }

  private static final class Floating extends Number {
    private final boolean single;

    Floating(DataType type) {
      this.single = type instanceof FloatType;
    }

    @Override
    double read(InternalRow values, int at) {
      return single ? values.getFloat(at) : values.getDouble(at);
    }

    @Override
    long unscaled(InternalRow values, int at) {
      return 0;
    }
  }

  private static final class OfDecimal extends Number {
    private final DecimalType type;
    private final boolean isLong;
    private BigInteger wide = BigInteger.ZERO;

    OfDecimal(DecimalType type) {
      this.type = type;
      this.isLong = type.precision() <= Decimal.MAX_LONG_DIGITS();
    }

    @Override
    double read(InternalRow values, int at) {
      return values.getDecimal(at, type.precision(), type.scale()).toDouble();
    }

    @Override
    long unscaled(InternalRow values, int at) {
      Decimal decimal = values.getDecimal(at, type.precision(), type.scale());
      if (isLong) {
        return decimal.toUnscaledLong();
      }
      wide = wide.add(decimal.toJavaBigDecimal().unscaledValue());
      return 0;
    }

    @Override
    BigInteger wide() {
      return wide;
    }

    @Override
    int scale() {
      return type.scale();
    }
  }
}
