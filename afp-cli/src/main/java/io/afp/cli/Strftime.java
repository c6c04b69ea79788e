package io.afp.cli;

import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Patterns of files with times as Python writes them. */
final class Strftime {

  private static final Pattern FIELD = Pattern.compile("\\$\\{interval:([^}]*)\\}");
  private static final Pattern PART = Pattern.compile("'((?:[^']|'')*)'|([A-Za-z])\\2*|[^A-Za-z']");
  private static final Map<String, String> DIRECTIVES =
      Map.of(
          "yyyy", "%Y", "uuuu", "%Y", "yy", "%y", "uu", "%y", "MM", "%m", "dd", "%d", "HH", "%H",
          "DDD", "%j");

  private Strftime() {}

  /** The same pattern; empty where it has a field that Python lacks. */
  static Optional<String> of(String files) {
    StringBuilder text = new StringBuilder();
    Matcher fields = FIELD.matcher(files);
    int at = 0;
    while (fields.find()) {
      text.append(literal(files.substring(at, fields.start())));
      Optional<String> time = time(fields.group(1));
      if (time.isEmpty()) {
        return time;
      }
      text.append(time.get());
      at = fields.end();
    }
    return Optional.of(text.append(literal(files.substring(at))).toString());
  }

  private static Optional<String> time(String pattern) {
    StringBuilder text = new StringBuilder();
    for (MatchResult part : PART.matcher(pattern).results().toList()) {
      String directive = part(part);
      if (directive == null) {
        return Optional.empty();
      }
      text.append(directive);
    }
    return Optional.of(text.toString());
  }

  private static String part(MatchResult part) {
    if (part.group(1) != null) {
      return literal(part.group(1).isEmpty() ? "'" : part.group(1).replace("''", "'"));
    }
    return part.group(2) == null ? literal(part.group()) : DIRECTIVES.get(part.group());
  }

  private static String literal(String text) {
    return text.replace("%", "%%");
  }
}
