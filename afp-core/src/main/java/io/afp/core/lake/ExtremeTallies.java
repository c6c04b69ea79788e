package io.afp.core.lake;

import io.afp.core.measure.Extremes;
import io.afp.core.measure.Extremes.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.LongFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.unsafe.types.UTF8String;

/** The smallest and the largest value of each type. */
final class ExtremeTallies {

  private ExtremeTallies() {}

  static Tally of(DataType type) {
    if (type instanceof DecimalType decimal) {
      return new OfDecimals(decimal);
    }
    if (type instanceof StringType) {
      return new OfTexts();
    }
    if (type instanceof DoubleType) {
      return new OfDoubles(InternalRow::getDouble, Double::toString);
    }
    if (type instanceof FloatType) {
      return new OfDoubles(InternalRow::getFloat, number -> Float.toString((float) number));
    }
    Values.ToLong value = Values.whole(type);
    if (type instanceof DateType) {
      return new OfLongs(Type.DATE, value, day -> LocalDate.ofEpochDay(day).toString());
    }
    if (type instanceof TimestampType || type instanceof TimestampNTZType) {
      return new OfLongs(Type.TIMESTAMP, value, ExtremeTallies::moment);
    }
    return new OfLongs(Type.LONG, value, Long::toString);
  }

  private static String moment(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
  }

  private static Extremes state(Type type, long judged, String min, String max) {
    return new Extremes(type, judged, judged == 0 ? List.of() : List.of(min, max));
  }

  private static final class OfLongs implements Tally {
    private final Type type;
    private final Values.ToLong value;
    private final LongFunction<String> text;
    private long judged;
    private long min = Long.MAX_VALUE;
    private long max = Long.MIN_VALUE;

    OfLongs(Type type, Values.ToLong value, LongFunction<String> text) {
      this.type = type;
      this.value = value;
      this.text = text;
    }

    @Override
    public void add(InternalRow values, int at) {
      long next = value.of(values, at);
      judged++;
      min = Math.min(min, next);
      max = Math.max(max, next);
    }

    @Override
    public Extremes state() {
      return ExtremeTallies.state(type, judged, text.apply(min), text.apply(max));
    }
  }

  private interface ToDouble {
    double of(InternalRow values, int at);
  }

  /** NaN is the largest, as for Spark; -0.0 is 0.0. */
  private static final class OfDoubles implements Tally {
    private final ToDouble value;
    private final DoubleFunction<String> text;
    private long judged;
    private double min;
    private double max;

    OfDoubles(ToDouble value, DoubleFunction<String> text) {
      this.value = value;
      this.text = text;
    }

    @Override
    public void add(InternalRow values, int at) {
      double next = value.of(values, at) + 0.0;
      min = judged == 0 || Double.compare(next, min) < 0 ? next : min;
      max = judged == 0 || Double.compare(next, max) > 0 ? next : max;
      judged++;
    }

    @Override
    public Extremes state() {
      return ExtremeTallies.state(Type.DOUBLE, judged, text.apply(min), text.apply(max));
    }
  }

  private static final class OfDecimals implements Tally {
    private final DecimalType type;
    private long judged;
    private Decimal min;
    private Decimal max;

    OfDecimals(DecimalType type) {
      this.type = type;
    }

    @Override
    public void add(InternalRow values, int at) {
      Decimal next = values.getDecimal(at, type.precision(), type.scale());
      min = judged == 0 || next.compareTo(min) < 0 ? next : min;
      max = judged == 0 || next.compareTo(max) > 0 ? next : max;
      judged++;
    }

    @Override
    public Extremes state() {
      return judged == 0
          ? Extremes.none()
          : ExtremeTallies.state(Type.DECIMAL, judged, text(min), text(max));
    }

    private static String text(Decimal decimal) {
      return decimal.toJavaBigDecimal().toPlainString();
    }
  }

  /** A text is only copied when it is kept. */
  private static final class OfTexts implements Tally {
    private long judged;
    private UTF8String min;
    private UTF8String max;

    @Override
    public void add(InternalRow values, int at) {
      UTF8String next = values.getUTF8String(at);
      min = judged == 0 || next.compareTo(min) < 0 ? next.copy() : min;
      max = judged == 0 || next.compareTo(max) > 0 ? next.copy() : max;
      judged++;
    }

    @Override
    public Extremes state() {
      return ExtremeTallies.state(Type.TEXT, judged, String.valueOf(min), String.valueOf(max));
    }
  }
}
