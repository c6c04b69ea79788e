package io.afp.cli;

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
