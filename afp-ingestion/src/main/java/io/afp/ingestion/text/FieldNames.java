package io.afp.ingestion.text;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The names of fields, as they are compared with the declared ones. */
public final class FieldNames {

  /** Names that Spark would read as more than a name, and those that columns of AFP's own have. */
  private static final Pattern UNUSABLE = Pattern.compile("|__.*|.*[.`\n].*", Pattern.DOTALL);

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
    if (new HashSet<>(names).size() < names.size()) {
      throw twice(address, shown(names));
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

  /** What a message can bear of names. */
  public static List<String> shown(List<String> names) {
    List<String> shown = new ArrayList<>();
    for (String name : names.subList(0, Math.min(100, names.size()))) {
      shown.add(name.length() > 100 ? name.substring(0, 100) + "…" : name);
    }
    if (shown.size() < names.size()) {
      shown.add("… (%,d in all)".formatted(names.size()));
    }
    return shown;
  }

  /** A file that names a column twice. */
  public static AfpException twice(String address, Object names) {
    return wrong(address, "its header names a column twice: " + names);
  }

  /** A file whose fields are not those that it must have. */
  public static AfpException wrong(String address, String reason) {
    return new AfpException(
        ErrorCode.HEADER_WRONG,
        "Cannot read file %s: %s".formatted(address, reason),
        "Get a right file, or declare the columns as the file has them.");
  }
}
