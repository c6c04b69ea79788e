package io.afp.core.definition;

import java.util.Locale;
import java.util.regex.Pattern;

/** The names of the fields of sources. */
public final class FieldName {

  /** Characters that no ledger and no message can bear. */
  private static final Pattern UNTELLABLE = Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]");

  private static final Pattern PLACE = Pattern.compile("_c\\d+");

  private FieldName() {}

  /** A name as it is compared: in lower case, without outer blanks. */
  public static String plain(String name) {
    return name == null ? "" : name.strip().toLowerCase(Locale.ROOT);
  }

  /** Whether a column can be read from a field of this name; AFP's own have two underscores. */
  public static boolean isUsable(String name) {
    return !name.isEmpty() && !name.startsWith("__") && !UNTELLABLE.matcher(name).find();
  }

  /** A name without the characters that no message can bear. */
  public static String tellable(String name) {
    return UNTELLABLE.matcher(name).replaceAll("?");
  }

  /** What a field without a usable name is called, by its place from 0. */
  public static String ofPlace(int place) {
    return "_c" + place;
  }

  static boolean isOfPlace(String name) {
    return PLACE.matcher(name).matches();
  }

  /** The name, if a column can be read from such a field. */
  static String require(String name) {
    if (!isUsable(plain(name))) {
      throw new IllegalArgumentException(
          "'%s' is no name of a field: it is blank, begins with __ or holds a character without a sign"
              .formatted(tellable(name)));
    }
    return name;
  }
}
