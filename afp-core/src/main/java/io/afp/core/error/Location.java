package io.afp.core.error;

/**
 * Where in the user's files a problem is.
 *
 * @param file the file as the user would name it, or empty
 * @param line the line, from 1; 0 where it is not known
 * @param path the YAML path inside the file, such as {@code columns.origin.checks[0]}, or empty
 */
public record Location(String file, int line, String path) {

  private static final Location NOWHERE = new Location("", 0, "");

  /** A location for problems that are not in a file. */
  public static Location nowhere() {
    return NOWHERE;
  }

  /** The whole of a file. */
  public static Location file(String file) {
    return new Location(file, 0, "");
  }

  /** {@code file:line (path)}, as far as known; empty when nothing is known. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(file);
    if (line > 0) {
      text.append(':').append(line);
    }
    if (!path.isEmpty()) {
      text.append(text.isEmpty() ? "" : " ").append('(').append(path).append(')');
    }
    return text.toString();
  }
}
