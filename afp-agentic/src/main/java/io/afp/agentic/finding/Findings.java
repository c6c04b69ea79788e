package io.afp.agentic.finding;

import io.afp.core.error.Problem;
import io.afp.core.error.Problems;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Collects findings, so that all are seen at once.
 *
 * <p>Not thread-safe: one reader fills it.
 */
public final class Findings {

  private static final Comparator<Finding> BY_PLACE =
      Comparator.comparing(Finding::path)
          .thenComparingInt(Finding::line)
          .thenComparing(Finding::code)
          .thenComparing(Finding::message);

  private final List<Finding> found = new ArrayList<>();

  /** Adds one with the general fix of its code. */
  public void add(Code code, String path, int line, String message) {
    add(code, path, line, message, code.fix());
  }

  /** Adds one with a fix of its own. */
  public void add(Code code, String path, int line, String message, String fix) {
    found.add(new Finding(code, message, path, line, fix));
  }

  /** Adds findings that were collected elsewhere. */
  public void addAll(List<Finding> findings) {
    found.addAll(findings);
  }

  /** Adds what the reader of YAML found, under the code of the artefact that it was reading. */
  public void addAll(Code code, Problems problems) {
    for (Problem problem : problems.all()) {
      String fix = problem.fix().isEmpty() ? code.fix() : problem.fix();
      add(code, problem.location().file(), problem.location().line(), problem.message(), fix);
    }
  }

  /** Everything found so far, by file, line and code. */
  public List<Finding> all() {
    return found.stream().distinct().sorted(BY_PLACE).toList();
  }

  /** How many were found so far. */
  public int size() {
    return found.size();
  }

  /** Whether something was found that makes a command fail. */
  public boolean hasErrors() {
    return found.stream().anyMatch(Finding::isError);
  }
}
