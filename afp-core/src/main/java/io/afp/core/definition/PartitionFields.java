package io.afp.core.definition;

import io.afp.core.definition.PartitionField.Transform;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads partition fields as they are written: {@code month(a)}, {@code bucket(16, a)}, {@code a}.
 */
final class PartitionFields {

  private static final Pattern TIME = Pattern.compile("(year|month|day|hour)\\((\\w+)\\)");
  private static final Pattern WIDTH =
      Pattern.compile("(bucket|truncate)\\((\\d{1,6}), ?(\\w+)\\)");
  private static final Pattern COLUMN = Pattern.compile("\\w+");

  /** What a partition field looks like in a file. */
  static final Pattern WRITTEN = Pattern.compile(TIME + "|" + WIDTH + "|" + COLUMN);

  private PartitionFields() {}

  static PartitionField parse(String text) {
    Matcher time = TIME.matcher(text);
    if (time.matches()) {
      return new PartitionField(transform(time.group(1)), time.group(2), 0);
    }
    Matcher width = WIDTH.matcher(text);
    if (width.matches() && Integer.parseInt(width.group(2)) > 0) {
      int number = Integer.parseInt(width.group(2));
      return new PartitionField(transform(width.group(1)), width.group(3), number);
    }
    if (!COLUMN.matcher(text).matches()) {
      throw new IllegalArgumentException("'%s' is not a partition field".formatted(text));
    }
    return new PartitionField(Transform.IDENTITY, text, 0);
  }

  private static Transform transform(String name) {
    return Transform.valueOf(name.toUpperCase(Locale.ROOT));
  }
}
