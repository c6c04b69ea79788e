package io.afp.core.definition;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A column by which the rows of a file are sorted. */
public record SortField(String column, Direction direction) {

  /** Nulls come first in ascending order and last in descending order, as Iceberg has it. */
  public enum Direction {
    ASC,
    DESC
  }

  /** What a sort field looks like in a file. */
  static final Pattern WRITTEN = Pattern.compile("(\\w+)(?: (asc|desc))?");

  static SortField parse(String text) {
    Matcher parts = WRITTEN.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("'%s' is not a sort field".formatted(text));
    }
    boolean descending = "desc".equals(parts.group(2));
    return new SortField(parts.group(1), descending ? Direction.DESC : Direction.ASC);
  }

  /** As it is written in YAML: {@code carrier asc}, {@code flight_date desc}. */
  @Override
  public String toString() {
    return column + " " + direction.name().toLowerCase(Locale.ROOT);
  }
}
