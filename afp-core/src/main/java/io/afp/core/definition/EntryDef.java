package io.afp.core.definition;

import io.afp.core.definition.CheckDef.Rule;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * How a source makes a value of a column out of what it reads, and what the value must obey; a row
 * that does not is rejected.
 *
 * @param from the field of the source that it is read from; empty for the one called as the column
 * @param format the pattern of a date, a time or a number; empty for the forms of Spark
 * @param zone in which times without a zone of their own are; empty for UTC
 * @param rounding of a decimal
 * @param fallback the literal that takes the place of a missing or null value
 * @param mayBeMissing whether files that lack the column are as they should be
 * @param rules {@code in}, {@code length} and {@code matches}, in this order
 */
public record EntryDef(
    Optional<String> from,
    Optional<String> format,
    Optional<ZoneId> zone,
    Rounding rounding,
    Optional<String> fallback,
    boolean mayBeMissing,
    List<Rule> rules) {

  private static final EntryDef NONE =
      new EntryDef(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Rounding.REJECT,
          Optional.empty(),
          false,
          List.of());

  public EntryDef {
    rules = List.copyOf(rules);
  }

  /** Values as they are read, without a rule. */
  public static EntryDef none() {
    return NONE;
  }
}
