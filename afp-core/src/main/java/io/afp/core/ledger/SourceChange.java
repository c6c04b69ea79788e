package io.afp.core.ledger;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How the source of a done unit differs from what was loaded.
 *
 * @param name the file, or what else the source has
 * @param was the name under which a renamed file was loaded, or the state that rows had then
 */
public record SourceChange(Kind kind, String name, Optional<String> was) {

  private static final int SHOWN = 5;

  /** What has happened at the source. */
  public enum Kind {
    /** It has other bytes than were loaded. */
    CHANGED,
    /** It came after the unit was loaded. */
    LATE,
    /** It was loaded, and is no longer there. */
    VANISHED,
    /** The same bytes have another name. */
    RENAMED;

    /** As it is said and kept. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Some of several texts about changes, and how many there are more. */
  public static String first(List<String> texts) {
    String shown = texts.stream().limit(SHOWN).collect(Collectors.joining(", "));
    int more = texts.size() - SHOWN;
    return more > 0 ? "%s, and %d more".formatted(shown, more) : shown;
  }

  public static SourceChange changed(String name) {
    return new SourceChange(Kind.CHANGED, name, Optional.empty());
  }

  /** Rows of a database. */
  public static SourceChange changedRows(String name, String was) {
    return new SourceChange(Kind.CHANGED, name, Optional.of(was));
  }

  public static SourceChange late(String name) {
    return new SourceChange(Kind.LATE, name, Optional.empty());
  }

  public static SourceChange vanished(String name) {
    return new SourceChange(Kind.VANISHED, name, Optional.empty());
  }

  public static SourceChange renamed(String was, String name) {
    return new SourceChange(Kind.RENAMED, name, Optional.of(was));
  }

  /** Whether there may be other rows at the source now. */
  public boolean isOfRows() {
    return kind != Kind.RENAMED;
  }

  /** In words. */
  public String text() {
    return switch (kind) {
      case CHANGED ->
          name + " changed" + was.map(then -> " (it had %s)".formatted(then)).orElse("");
      case LATE -> name + " is new";
      case VANISHED -> name + " is gone";
      case RENAMED -> "%s is called %s now".formatted(was.orElseThrow(), name);
    };
  }
}
