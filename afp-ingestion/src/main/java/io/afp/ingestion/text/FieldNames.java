package io.afp.ingestion.text;

import io.afp.core.definition.FieldName;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The names of fields, as they are compared with the declared ones. */
public final class FieldNames {

  private static final int LONGEST_TOLD = 100;

  private FieldNames() {}

  /**
   * In lower case, without outer blanks. A field without a name that can be used is called {@code
   * _c} and its position.
   *
   * @throws AfpException if there are none, or two have one name
   */
  public static List<String> of(String address, List<String> given) {
    List<String> names = new ArrayList<>();
    for (String name : given) {
      String plain = FieldName.plain(name);
      names.add(FieldName.isUsable(plain) ? plain : FieldName.ofPlace(names.size()));
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

  /** The same where it can be used; another name so that people know which one is meant. */
  public static String tellable(String name) {
    if (FieldName.isUsable(name)) {
      return name;
    }
    return name.isEmpty() ? "(blank)" : cut(FieldName.tellable(name));
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
        "Get a right file, or declare the columns as the file has them, by from where it calls them otherwise.");
  }
}
