package io.afp.core.definition;

import java.time.DateTimeException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of a source, with fields such as <code>${interval:yyyy-MM}</code> that stand for the
 * start of an interval.
 *
 * @param text as the user wrote it
 */
public record FilePattern(String text) {

  private static final Pattern FIELD = Pattern.compile("\\$\\{([^}]*)\\}");
  private static final String INTERVAL = "interval:";

  /** Whether the files depend on the interval. */
  public boolean hasInterval() {
    return fields().anyMatch(field -> field.startsWith(INTERVAL));
  }

  /** The files of the interval that starts then, in the zone of the pipeline. */
  public String at(ZonedDateTime start) {
    return FIELD
        .matcher(text)
        .replaceAll(field -> Matcher.quoteReplacement(format(field.group(1), start)));
  }

  /** What is wrong with the pattern; empty when nothing is. */
  Optional<String> complaint() {
    if (FIELD.matcher(text).replaceAll("").contains("${")) {
      return Optional.of("a ${ has no } (files=%s)".formatted(text));
    }
    return fields().flatMap(field -> complaint(field).stream()).findFirst();
  }

  private Stream<String> fields() {
    return FIELD.matcher(text).results().map(result -> result.group(1));
  }

  private static Optional<String> complaint(String field) {
    if (!field.startsWith(INTERVAL)) {
      return Optional.of("'${%s}' is not ${interval:pattern}".formatted(field));
    }
    try {
      format(field, ZonedDateTime.of(2000, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC));
      return Optional.empty();
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.of("'${%s}' has no valid date pattern".formatted(field));
    }
  }

  private static String format(String field, ZonedDateTime start) {
    String pattern = field.substring(INTERVAL.length());
    if (pattern.isEmpty()) {
      throw new IllegalArgumentException("the pattern is empty");
    }
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(start);
  }
}
