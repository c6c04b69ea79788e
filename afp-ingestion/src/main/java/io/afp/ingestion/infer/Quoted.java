package io.afp.ingestion.infer;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.regex.Pattern;

/** A text in double quotes, as YAML and JSON have it. */
final class Quoted {

  private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9/]*");
  private static final Pattern TAKEN = Pattern.compile("(?i)null|true|false");

  private Quoted() {}

  static String of(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  /** A name, which YAML takes for a text unless it is one of a few words. */
  static String key(String name) {
    return TAKEN.matcher(name).matches() ? of(name) : name;
  }

  /** Without quotes where YAML takes it for a text all the same. */
  static String ifNeeded(String text) {
    boolean plain = WORD.matcher(text).matches() && !TAKEN.matcher(text).matches();
    return plain ? text : of(text);
  }
}
