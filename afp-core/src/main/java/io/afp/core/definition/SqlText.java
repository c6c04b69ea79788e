package io.afp.core.definition;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of SQL what has no meaning: comments, and white space outside literals.
 *
 * <p>The result is for comparing only. White space stays where without it two words would become
 * one.
 */
final class SqlText {

  private static final Pattern LITERAL =
      Pattern.compile("'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\"", Pattern.DOTALL);
  private static final Pattern COMMENT_MARK = Pattern.compile("/\\*|\\*/");

  private final String sql;
  private final StringBuilder out = new StringBuilder();
  private boolean gap;
  private int at;
  private int end;

  private SqlText(String sql) {
    this.sql = sql;
  }

  static String normalised(String sql) {
    return new SqlText(sql).read();
  }

  /** The text in lower case without literals and the marks around names. */
  static String words(String sql) {
    return LITERAL
        .matcher(normalised(sql))
        .replaceAll("''")
        .replace("`", "")
        .toLowerCase(Locale.ROOT);
  }

  /** The text up to the last character that is neither blank, comment nor semicolon. */
  static String withoutEnd(String sql) {
    SqlText text = new SqlText(sql);
    text.read();
    return sql.substring(0, text.end);
  }

  private String read() {
    while (at < sql.length()) {
      next();
    }
    int end = out.length();
    while (end > 0 && out.charAt(end - 1) == ';') {
      end--;
    }
    return out.substring(0, end);
  }

  private void next() {
    char c = sql.charAt(at);
    if (Character.isWhitespace(c)) {
      skipTo(at + 1);
    } else if (sql.startsWith("--", at)) {
      skipTo(endOfLine());
    } else if (sql.startsWith("/*", at) && !sql.startsWith("/*+", at)) {
      skipTo(endOfComment());
    } else if (c == '\'' || c == '"' || c == '`') {
      take(endOfQuoted(c));
    } else {
      take(at + 1);
    }
  }

  private void skipTo(int end) {
    gap = true;
    at = end;
  }

  private void take(int end) {
    if (gap && !out.isEmpty() && isWord(out.charAt(out.length() - 1)) && isWord(sql.charAt(at))) {
      out.append(' ');
    }
    gap = false;
    out.append(sql, at, end);
    if (sql.charAt(at) != ';') {
      this.end = end;
    }
    at = end;
  }

  /** Whether white space beside this character can have a meaning. */
  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || "_.$:'\"`".indexOf(c) >= 0;
  }

  private int endOfLine() {
    int end = sql.indexOf('\n', at);
    return end < 0 ? sql.length() : end;
  }

  /** Spark lets comments contain comments. */
  private int endOfComment() {
    Matcher marks = COMMENT_MARK.matcher(sql).region(at, sql.length());
    int depth = 0;
    while (marks.find()) {
      depth += marks.group().equals("/*") ? 1 : -1;
      if (depth == 0) {
        return marks.end();
      }
    }
    return sql.length();
  }

  private int endOfQuoted(char quote) {
    boolean escapes = quote != '`' && !isRaw();
    int i = at + 1;
    while (i < sql.length() && sql.charAt(i) != quote) {
      i += escapes && sql.charAt(i) == '\\' ? 2 : 1;
    }
    return Math.min(i + 1, sql.length());
  }

  /** In a raw literal, {@code r'\d'}, a backslash is a backslash. */
  private boolean isRaw() {
    boolean marked = at > 0 && Character.toLowerCase(sql.charAt(at - 1)) == 'r';
    return marked
        && (at == 1 || !Character.isLetterOrDigit(sql.charAt(at - 2)) && sql.charAt(at - 2) != '_');
  }
}
