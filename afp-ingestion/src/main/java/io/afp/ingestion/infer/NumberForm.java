package io.afp.ingestion.infer;

import io.afp.core.definition.NumberPattern;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** How people write numbers that Spark does not read by itself. */
enum NumberForm {
  POINTS_AND_COMMA("#.##0,00"),
  BLANKS_AND_COMMA("# ##0,00"),
  COMMAS_AND_POINT("#,##0.00"),
  APOSTROPHES_AND_POINT("#'##0.00");

  private static final int LONGEST = 40;

  private final String text;
  private final NumberPattern pattern;

  NumberForm(String text) {
    this.text = text;
    this.pattern = new NumberPattern(text);
  }

  /** As the key {@code format} has it. */
  String text() {
    return text;
  }

  /** Whether a comma is before the fraction, and not between groups of digits. */
  boolean hasComma() {
    return text.endsWith(",00");
  }

  /** The numbers that a text may be, as Java writes them. */
  static Map<NumberForm, String> of(String value) {
    Map<NumberForm, String> plain = new EnumMap<>(NumberForm.class);
    if (!value.isEmpty() && value.length() <= LONGEST && value.charAt(0) <= '9') {
      Arrays.stream(values())
          .forEach(form -> form.plain(value).ifPresent(number -> plain.put(form, number)));
    }
    return plain;
  }

  private Optional<String> plain(String value) {
    return pattern.plain(value);
  }
}
