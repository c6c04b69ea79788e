package io.afp.agentic.documents;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A heading and what is below it, up to the next heading.
 *
 * @param level 1 for {@code #}
 * @param title the heading without its marks, as it is written
 * @param line the line of the heading, from 1
 * @param lines what is below the heading, without the blank lines around it
 * @param items the items of all its lists that are not inside another item
 * @param rows the rows of its tables, by the names of their columns
 */
public record Section(
    int level, String title, int line, List<String> lines, List<Item> items, List<Row> rows) {

  private static final Pattern COMMENT = Pattern.compile("(?s)<!--.*?-->");

  /** The words before a colon: {@code TASK} of {@code TASK: Build the job}. */
  public String name() {
    return title.replaceFirst(":.*", "").strip();
  }

  /** The words after the colon, if there are any. */
  public Optional<String> subject() {
    int colon = title.indexOf(':');
    return Optional.of(colon < 0 ? "" : title.substring(colon + 1).strip())
        .filter(subject -> !subject.isEmpty());
  }

  /** Whether nothing is below the heading but guidance in comments. */
  public boolean isEmpty() {
    return COMMENT.matcher(text()).replaceAll("").isBlank();
  }

  /** What is below the heading. */
  public String text() {
    return String.join("\n", lines);
  }
}
