package io.afp.ingestion.infer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** One pattern of what the paths of some files have in common. */
final class PathMerge {

  private static final Pattern TOKEN = Pattern.compile("\\$\\{[^}]*\\}|\\*|(?:(?!\\$\\{)[^*])+");

  private PathMerge() {}

  /**
   * The pattern of parts of a path, each with fields of the interval at the same places; empty if
   * they are not.
   */
  static Optional<String> of(List<String> parts) {
    List<String> merged = tokens(parts.get(0));
    for (String part : parts) {
      List<String> others = tokens(part);
      if (others.size() != merged.size()) {
        return Optional.empty();
      }
      for (int i = 0; i < merged.size(); i++) {
        merged.set(i, merged(merged.get(i), others.get(i)));
      }
    }
    return Optional.of(String.join("", merged).replace("**", "*"));
  }

  /** Fields and what is between them. */
  private static List<String> tokens(String part) {
    return new ArrayList<>(TOKEN.matcher(part).results().map(MatchResult::group).toList());
  }

  /** Whole words only: of part-08 and part-09 nobody shall make part-0*. */
  private static String merged(String one, String other) {
    if (one.equals(other)) {
      return one;
    }
    int start = 0;
    int shorter = Math.min(one.length(), other.length());
    while (start < shorter && one.charAt(start) == other.charAt(start)) {
      start++;
    }
    while (start > 0 && Character.isLetterOrDigit(one.charAt(start - 1))) {
      start--;
    }
    int end = 0;
    while (end < shorter - start
        && one.charAt(one.length() - 1 - end) == other.charAt(other.length() - 1 - end)) {
      end++;
    }
    while (end > 0 && Character.isLetterOrDigit(one.charAt(one.length() - end))) {
      end--;
    }
    return one.substring(0, start) + "*" + one.substring(one.length() - end);
  }
}
