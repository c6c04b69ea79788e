package io.afp.ingestion.infer;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How people write days that Spark does not read by itself. Several may fit a text: only when
 * others fit all of a column less, one is taken.
 */
enum DayPattern {
  DAY_FIRST_POINTS("dd.MM.yyyy", "\\d{2}\\.\\d{2}\\.\\d{4}"),
  DAY_FIRST_SLASHES("dd/MM/yyyy", "\\d{2}/\\d{2}/\\d{4}"),
  MONTH_FIRST_SLASHES("MM/dd/yyyy", "\\d{2}/\\d{2}/\\d{4}"),
  YEAR_FIRST_SLASHES("yyyy/MM/dd", "\\d{4}/\\d{2}/\\d{2}"),
  DAY_FIRST_DASHES("dd-MM-yyyy", "\\d{2}-\\d{2}-\\d{4}"),
  /** Only where the name of the column says that it is a day: else it is a number. */
  COMPACT("yyyyMMdd", "(?:19|20)\\d{6}");

  private final String text;
  private final Pattern form;
  private final DateTimeFormatter formatter;

  DayPattern(String text, String form) {
    this.text = text;
    this.form = Pattern.compile(form);
    this.formatter =
        DateTimeFormatter.ofPattern(text.replace('y', 'u'), Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);
  }

  /** As the key {@code format} has it. */
  String text() {
    return text;
  }

  /** Those by which a text is a day. */
  static Set<DayPattern> of(String value) {
    Set<DayPattern> fitting = EnumSet.noneOf(DayPattern.class);
    boolean possible = value.length() >= 8 && value.length() <= 10 && value.charAt(0) <= '9';
    if (possible) {
      Arrays.stream(values()).filter(p -> p.fits(value)).forEach(fitting::add);
    }
    return fitting;
  }

  private boolean fits(String value) {
    if (!form.matcher(value).matches()) {
      return false;
    }
    try {
      LocalDate.parse(value, formatter);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
