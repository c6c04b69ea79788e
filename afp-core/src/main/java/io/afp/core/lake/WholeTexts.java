package io.afp.core.lake;

import java.io.Serializable;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Compares whole texts with regular expressions of Java. What was found out of short texts is
 * remembered, because columns of codes have few different ones.
 *
 * <p>It is public with its method because code that Spark generates calls it. Each task has an
 * object of its own.
 */
public final class WholeTexts implements Serializable {

  private static final long serialVersionUID = 1L;

  private final List<String> regexes;
  private transient List<Matcher> matchers;
  private transient ShortTexts known;

  private WholeTexts(List<String> regexes) {
    this.regexes = List.copyOf(regexes);
  }

  /** Whether a text as a whole matches at least one of the expressions; null of null. */
  public static Column match(Column text, List<String> regexes) {
    return Native.call(
        new WholeTexts(regexes), "matches", text.cast("string"), DataTypes.BooleanType);
  }

  /** Whether the text matches. */
  public Boolean matches(UTF8String text) {
    if (matchers == null) {
      matchers = regexes.stream().map(regex -> Pattern.compile(regex).matcher("")).toList();
      known = new ShortTexts();
    }
    return known.answer(text, this::search);
  }

  private boolean search(UTF8String text) {
    String characters = text.toString();
    for (Matcher matcher : matchers) {
      if (matcher.reset(characters).matches()) {
        return true;
      }
    }
    return false;
  }

  /** What plans show. */
  @Override
  public String toString() {
    return regexes.toString();
  }
}
