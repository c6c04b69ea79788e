package io.afp.quality;

import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.error.Problem;
import io.afp.core.ledger.Verdict;
import java.util.List;

/**
 * What checks found in rows.
 *
 * @param table what the table is called
 * @param verdicts one of each check, in the order of declaration
 */
public record QualityResult(TableName table, List<Verdict> verdicts) {

  public QualityResult {
    verdicts = List.copyOf(verdicts);
  }

  /** Whether nothing failed that is not only warned of, and every check could be asked. */
  public boolean passed() {
    return problems().isEmpty();
  }

  /** One of each check that failed or is broken. */
  public List<Problem> problems() {
    return verdicts.stream()
        .filter(verdict -> verdict.status().stopsPublish())
        .map(QualityResult::problem)
        .toList();
  }

  private static Problem problem(Verdict verdict) {
    String check = verdict.check().name();
    return verdict.status() == Verdict.Status.BROKEN
        ? broken(check, verdict.message())
        : problem(check, "failed", verdict.message(), "Correct the data, or the check.");
  }

  static Problem broken(String check, String message) {
    return problem(check, "is broken", message, "Correct the check.");
  }

  private static Problem problem(String check, String how, String message, String fix) {
    return Problem.error(
        ErrorCode.GATE_FAILED,
        "Cannot accept the data: check %s %s: %s".formatted(check, how, message),
        Location.nowhere(),
        fix);
  }

  /**
   * The gate: nothing, where the data passed.
   *
   * @throws AfpException GATE_FAILED with all problems
   */
  public void orThrow() {
    if (!passed()) {
      throw AfpException.of(problems());
    }
  }
}
