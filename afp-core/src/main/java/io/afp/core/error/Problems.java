package io.afp.core.error;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects problems, so that a user sees all of them at once.
 *
 * <p>Not thread-safe: one reader fills it.
 */
public final class Problems {

  private final List<Problem> found = new ArrayList<>();

  /** Adds a problem that stops the command. */
  public void error(ErrorCode code, String message, Location location, String fix) {
    found.add(Problem.error(code, message, location, fix));
  }

  /** Adds a problem that is only reported. */
  public void warning(ErrorCode code, String message, Location location, String fix) {
    found.add(Problem.warning(code, message, location, fix));
  }

  /** Adds problems that were found elsewhere. */
  public void addAll(List<Problem> problems) {
    found.addAll(problems);
  }

  /** Everything found so far, in order of discovery. */
  public List<Problem> all() {
    return List.copyOf(found);
  }

  /** Whether a problem was found that stops the command. */
  public boolean hasErrors() {
    return found.stream().anyMatch(p -> p.severity() == Problem.Severity.ERROR);
  }

  /**
   * Ends the collection.
   *
   * @throws AfpException that carries all problems, if one of them is an error; the code of the
   *     first error is its code
   */
  public void throwIfErrors() {
    if (hasErrors()) {
      throw AfpException.of(found);
    }
  }
}
