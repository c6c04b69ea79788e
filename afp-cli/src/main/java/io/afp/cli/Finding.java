package io.afp.cli;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.error.Problem;
import java.util.Optional;

/**
 * What the doctor found out about one part.
 *
 * @param detail what is there
 * @param problem empty when all is well
 */
record Finding(String part, String detail, Optional<Problem> problem) {

  static Finding ok(String part, String detail) {
    return new Finding(part, detail, Optional.empty());
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

  private static Finding of(String part, Problem problem) {
    return new Finding(part, problem.message(), Optional.of(problem));
  }

  String state() {
    return problem
        .map(p -> p.severity() == Problem.Severity.ERROR ? "wrong" : "warning")
        .orElse("ok");
  }

  String fix() {
    return problem.map(Problem::fix).orElse("");
  }
}
