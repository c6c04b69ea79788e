package io.afp.cli;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.error.Problem;
import java.util.Optional;

/**
 * What the doctor found out about one part.
 *
 * @param state ok, warning, wrong, or untried
 * @param detail what is there
 * @param problem empty when nothing is known to be wrong
 */
record Finding(String part, String state, String detail, Optional<Problem> problem) {

  static Finding ok(String part, String detail) {
    return new Finding(part, "ok", detail, Optional.empty());
  }

  /** Only a run can tell. */
  static Finding untried(String part, String detail) {
    return new Finding(part, "untried", detail, Optional.empty());
  }

  /** It may go wrong. */
  static Finding warning(String part, String detail, String fix) {
    return of(part, Problem.warning(ErrorCode.MACHINE_UNFIT, detail, Location.nowhere(), fix));
  }

  /** It will go wrong. */
  static Finding wrong(String part, String detail, String fix) {
    return of(part, Problem.error(ErrorCode.MACHINE_UNFIT, detail, Location.nowhere(), fix));
  }

  /** It went wrong when it was tried. */
  static Finding wrong(String part, AfpException failure) {
    return of(part, failure.problems().get(0));
  }

  static Finding of(String part, Problem problem) {
    String state = problem.severity() == Problem.Severity.ERROR ? "wrong" : "warning";
    String where = problem.location().toString();
    String detail = problem.message() + (where.isEmpty() ? "" : ", at " + where);
    return new Finding(part, state, detail, Optional.of(problem));
  }

  String fix() {
    return problem.map(Problem::fix).orElse("");
  }
}
