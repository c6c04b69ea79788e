package io.afp.ingestion.text;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The names of fields, as they are compared with the declared ones. */
public final class FieldNames {

  /** Characters that no ledger and no message can bear. */
  private static final Pattern UNTELLABLE = Pattern.compile("[\\p{Cc}\\p{Cs}]");

  /** Names that Spark would read as more than a name, and those that columns of AFP's own have. */
  private static final Pattern UNUSABLE =
      Pattern.compile("|__.*|.*([.`]|" + UNTELLABLE + ").*", Pattern.DOTALL);

  private static final int LONGEST_TOLD = 100;

  private FieldNames() {}

  /**
   * In lower case, without outer blanks. A field without a name that can be used is called {@code
   * _c} and its position, and can't be declared.
   *
   * @throws AfpException if there are none, or two have one name
   */
  public static List<String> of(String address, List<String> given) {
    List<String> names = new ArrayList<>();
    for (String name : given) {
      String plain = plain(name);
      names.add(isUsable(plain) ? plain : "_c" + names.size());
    }
    if (names.isEmpty()) {
      throw wrong(address, "it is empty");
    }
    Map<String, Integer> places = new HashMap<>();
    for (String name : names) {
      Integer first = places.put(name, places.size() + 1);
      if (first != null) {
        throw twice(address, "fields %,d and %,d".formatted(first, places.size() + 1));
      }
    }
    return names;
  }

  /** A name as it is compared. */
  public static String plain(String name) {
    return name == null ? "" : name.strip().toLowerCase(Locale.ROOT);
  }

  /** Whether a column can be called so. */
  public static boolean isUsable(String name) {
    return !UNUSABLE.matcher(name).matches();
  }

  /** The same where it can be used; another name so that people know which one is meant. */
  public static String tellable(String name) {
    if (isUsable(name)) {
      return name;
    }
    return name.isEmpty() ? "(blank)" : cut(UNTELLABLE.matcher(name).replaceAll("?"));
  }

  private static String cut(String name) {
    return name.length() > LONGEST_TOLD ? name.substring(0, LONGEST_TOLD) + "…" : name;
  }

  /**
   * Two fields have one name.
   *
   * @param which of them; a name is none, because a file without a header has values there
   */
  public static AfpException twice(String address, String which) {
    return wrong(address, "its header names a column twice: " + which);
  }

  /** A file whose fields are not those that it must have. */
  public static AfpException wrong(String address, String reason) {
    return new AfpException(
        ErrorCode.HEADER_WRONG,
        "Cannot read file %s: %s".formatted(address, reason),
        "Get a right file, or declare the columns as the file has them.");
  }
}
