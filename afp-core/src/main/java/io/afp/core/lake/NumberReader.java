package io.afp.core.lake;

import io.afp.core.definition.NumberPattern;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Reads numbers strictly: those that have a pattern, or the forms of Java without its suffixes. A
 * fraction is the nearest one, and infinite only where the text says so.
 */
record NumberReader(Optional<NumberPattern> pattern) {

  private static final int LONGEST = 1_000;
  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d+");
  private static final Pattern FRACTION = Pattern.compile("[0-9.eE+-]+");
  private static final Pattern NAMED = Pattern.compile("(?i)nan|[+-]?inf(?:inity)?");

  Integer ofInt(UTF8String text) {
    return read(text, WHOLE, Integer::valueOf);
  }

  Long ofLong(UTF8String text) {
    return read(text, WHOLE, Long::valueOf);
  }

  Double ofDouble(UTF8String text) {
    Double number = read(text, FRACTION, Double::valueOf);
    return number == null || number.isInfinite() ? named(text) : number;
  }

  Float ofFloat(UTF8String text) {
    Float number = read(text, FRACTION, Float::valueOf);
    if (number != null && !number.isInfinite()) {
      return number;
    }
    Double named = named(text);
    return named == null ? null : named.floatValue();
  }

  /** The text as Java writes the number; null where it has another form. */
  UTF8String plain(UTF8String text) {
    return pattern.isEmpty()
        ? text
        : pattern.get().plain(trimmed(text)).map(UTF8String::fromString).orElse(null);
  }

  private <T> T read(UTF8String text, Pattern form, Function<String, T> parser) {
    UTF8String plain = text.numBytes() > LONGEST ? null : plain(text);
    try {
      String number = plain == null ? "" : trimmed(plain);
      return form.matcher(number).matches() ? parser.apply(number) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static Double named(UTF8String text) {
    String name = text.numBytes() > LONGEST ? "" : trimmed(text).toLowerCase(Locale.ROOT);
    if (!NAMED.matcher(name).matches()) {
      return null;
    }
    if (name.equals("nan")) {
      return Double.NaN;
    }
    return name.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }

  private static String trimmed(UTF8String text) {
    return text.trimAll().toString();
  }
}
