package io.afp.cli;

import io.afp.core.error.Problem;
import java.util.OptionalInt;

/**
 * Where everything goes that is no result. Java can't ask whether it is a terminal, and how wide;
 * the launcher can.
 */
final class Stderr {

  private static final String COLUMNS = "afp.stderr-columns";

  private Stderr() {}

  /** How wide the terminal is; empty where there is none. */
  static OptionalInt columns() {
    Integer columns = Integer.getInteger(COLUMNS);
    return columns == null ? OptionalInt.empty() : OptionalInt.of(columns);
  }

  /** Folded on a terminal; elsewhere with whole lines, for those who search in them. */
  static void print(Problem problem) {
    OptionalInt columns = columns();
    System.err.println(
        columns.isPresent()
            ? Folded.problem(problem, Math.min(columns.getAsInt(), Output.WIDTH))
            : problem.toText());
  }
}
