package io.afp.core.definition;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a source writes numbers: {@code #.##0,00} has a point between groups of three digits and a
 * comma before the fraction, {@code 0,00} the comma alone.
 */
public final class NumberPattern {

  private static final Pattern WRITTEN = Pattern.compile("(?:#([., '’])##)?0(?:([.,])0+)?");

  private final Optional<String> group;
  private final Optional<String> point;
  private final Pattern number;

  /**
   * A pattern.
   *
   * @throws IllegalArgumentException if it is none
   */
  public NumberPattern(String pattern) {
    Matcher parts = WRITTEN.matcher(pattern);
    if (!parts.matches() || (parts.group(1) != null && parts.group(1).equals(parts.group(2)))) {
      throw new IllegalArgumentException("'%s' is no pattern of a number".formatted(pattern));
    }
    group = Optional.ofNullable(parts.group(1));
    point = Optional.ofNullable(parts.group(2));
    number = Pattern.compile("[+-]?(?:\\d+" + groups() + ")" + fraction());
  }

  private String groups() {
    return group.map(g -> "|\\d{1,3}(?:" + Pattern.quote(g) + "\\d{3})+").orElse("");
  }

  private String fraction() {
    return point.map(p -> "(?:" + Pattern.quote(p) + "\\d*)?").orElse("");
  }

  /** The number as Java writes it; empty where the text does not have this pattern. */
  public Optional<String> plain(String text) {
    if (!number.matcher(text).matches()) {
      return Optional.empty();
    }
    String digits = group.map(g -> text.replace(g, "")).orElse(text);
    return Optional.of(point.map(p -> digits.replace(p, ".")).orElse(digits));
  }
}
