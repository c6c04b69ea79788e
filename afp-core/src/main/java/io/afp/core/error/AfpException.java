package io.afp.core.error;

import java.util.List;

/**
 * The one exception that AFP throws for what it knows to go wrong.
 *
 * <p>It is made where the cause is known, carries a code, and is wrapped by nobody: what catches it
 * reports it and ends with its exit code.
 */
public final class AfpException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Problem>
      problems; // not for serialization: reported where it is caught
  private final ErrorCode code;

  private AfpException(ErrorCode code, List<Problem> problems, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
    this.problems = List.copyOf(problems);
  }

  /** A failure with a fix. */
  public AfpException(ErrorCode code, String message, String fix) {
    this(code, message, fix, null);
  }

  /** A failure with a fix, and what caused it. */
  public AfpException(ErrorCode code, String message, String fix, Throwable cause) {
    this(
        code,
        List.of(Problem.error(code, message, Location.nowhere(), fix)),
        code.code() + " " + message,
        cause);
  }

  /** A failure at a place in a file. */
  public static AfpException at(Location location, ErrorCode code, String message, String fix) {
    return at(location, code, message, fix, null);
  }

  /** A failure at a place in a file, and what caused it. */
  public static AfpException at(
      Location location, ErrorCode code, String message, String fix, Throwable cause) {
    return of(List.of(Problem.error(code, message, location, fix)), cause);
  }

  /** All of these problems as one failure; at least one of them is an error. */
  public static AfpException of(List<Problem> problems) {
    return of(problems, null);
  }

  private static AfpException of(List<Problem> problems, Throwable cause) {
    List<Problem> errors =
        problems.stream().filter(p -> p.severity() == Problem.Severity.ERROR).toList();
    Problem first = errors.get(0);
    String more = errors.size() == 1 ? "" : " (and %d more)".formatted(errors.size() - 1);
    String message = first.code().code() + " " + first.message() + more;
    return new AfpException(first.code(), problems, message, cause);
  }

  /** The code of the first problem. */
  public ErrorCode code() {
    return code;
  }

  /** The message without the code. */
  public String reason() {
    return getMessage().substring(code.code().length()).strip();
  }

  /** All problems, warnings too. */
  public List<Problem> problems() {
    return problems;
  }

  /** The exit code of a process that ends with this failure. */
  public int exitCode() {
    return code.category().exitCode();
  }
}
