package io.afp.core.error;

/**
 * One thing that is wrong, with all that is needed to mend it.
 *
 * @param severity whether it stops the command
 * @param code the stable code
 * @param message {@code Cannot <do> <what>: <why> (<key>=<value>)}, never with a secret in it
 * @param location where it is
 * @param fix what to do, as an imperative sentence; empty when there is nothing to say
 */
public record Problem(
    Severity severity, ErrorCode code, String message, Location location, String fix) {

  /** Whether a problem stops the command. */
  public enum Severity {
    ERROR,
    WARNING
  }

  /** A problem that stops the command. */
  public static Problem error(ErrorCode code, String message, Location location, String fix) {
    return new Problem(Severity.ERROR, code, message, location, fix);
  }

  /** A problem that the command reports and goes on. */
  public static Problem warning(ErrorCode code, String message, Location location, String fix) {
    return new Problem(Severity.WARNING, code, message, location, fix);
  }

  /**
   * Several lines for a terminal: code and message, then the location, then the fix. What is only a
   * warning says so first.
   */
  public String toText() {
    StringBuilder text = new StringBuilder(severity == Severity.WARNING ? "warning " : "");
    text.append(code.code()).append("  ").append(message);
    String where = location.toString();
    if (!where.isEmpty()) {
      text.append("\n    at   ").append(where);
    }
    if (!fix.isEmpty()) {
      text.append("\n    fix  ").append(fix);
    }
    return text.toString();
  }
}
