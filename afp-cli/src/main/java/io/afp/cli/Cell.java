package io.afp.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Values as people read them. */
final class Cell {

  /** So much of an id is unique in any ledger, and is understood where an id is asked for. */
  private static final int ID = 8;

  private static final double MOST_EXACT = 1e15;
  private static final int AMOUNT_DIGITS = 5;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Cell() {}

  static String id(UUID id) {
    return id.toString().substring(0, ID);
  }

  static String time(Instant time) {
    return TIME.format(time);
  }

  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A number of any size, with so many digits as tell it from its neighbours. */
  static String amount(double value) {
    if (value == Math.rint(value) && Math.abs(value) < MOST_EXACT) {
      return number((long) value);
    }
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    BigDecimal rounded = new BigDecimal(value, new MathContext(AMOUNT_DIGITS)).stripTrailingZeros();
    int decimals = Math.max(0, rounded.scale());
    return String.format(Locale.ROOT, "%,." + decimals + "f", rounded);
  }

  static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0);
  }

  /** A value that may be missing, as an empty cell. */
  static String orBlank(Optional<?> value) {
    return value.map(Object::toString).orElse("");
  }

  /** How many there are, and which. */
  static String list(List<String> values) {
    return values.isEmpty() ? "0" : "%d: %s".formatted(values.size(), String.join(", ", values));
  }
}
