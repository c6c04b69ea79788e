package io.afp.agentic.documents;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An item of a list.
 *
 * @param line where it begins, from 1
 * @param text its first paragraph as it is written, in one line, with the box if it has one
 * @param children the items of the lists inside it
 */
public record Item(int line, String text, List<Item> children) {

  private static final Pattern BOX = Pattern.compile("\\[([ xX])\\](?:\\s+(.*))?", Pattern.DOTALL);
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /** It and all items inside it. */
  public Stream<Item> withChildren() {
    return Stream.concat(Stream.of(this), children.stream().flatMap(Item::withChildren));
  }

  /** Whether its box is ticked; empty when it has none. */
  public Optional<Boolean> ticked() {
    Matcher box = BOX.matcher(text);
    return box.matches() ? Optional.of(!box.group(1).isBlank()) : Optional.empty();
  }

  /** The text without the box. */
  public String words() {
    Matcher box = BOX.matcher(text);
    return box.matches() ? Optional.ofNullable(box.group(2)).orElse("").strip() : text.strip();
  }

  /** The first words between backquotes. */
  public Optional<String> code() {
    Matcher code = CODE.matcher(text);
    return code.find() ? Optional.of(code.group(1).strip()) : Optional.empty();
  }

  /**
   * What stands after a word and a colon: for {@code verify} that of {@code verify: `mvn test`}.
   */
  public Optional<String> after(String word) {
    String start = word + ":";
    String words = words();
    return words.regionMatches(true, 0, start, 0, start.length())
        ? Optional.of(words.substring(start.length()).strip())
        : Optional.empty();
  }
}
