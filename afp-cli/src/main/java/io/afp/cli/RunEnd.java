package io.afp.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.error.Problem;
import io.afp.core.ledger.RunRecord;
import io.afp.core.ledger.RunReport;
import io.afp.core.ledger.Runs;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/** How the driver of a run ended, and what the ledger says of the run. */
record RunEnd(Ledger ledger, UUID id, DriverEnd ended) {

  /**
   * Ends the command of the run.
   *
   * @param conclusion what is said when there was nothing to do, or behind the report
   * @param more adds to the document
   */
  int report(Output output, Function<ObjectNode, String> conclusion, Consumer<ObjectNode> more) {
    Optional<RunReport> report = ended.refused() ? Optional.empty() : read();
    String outcome = ended.outcome();
    ObjectNode data = ReportJson.of(report);
    data.put("run_id", id.toString()).put("outcome", outcome).put("log", ended.log().toString());
    more.accept(data);
    String said = conclusion.apply(data);
    boolean nothing = outcome.equals("nothing_to_do");
    String text = nothing ? said : report.map(r -> ReportText.of(r) + said).orElse("");
    List<Problem> problems = ended.interrupted() ? List.of(interrupted()) : ended.problems();
    return output.end(ended.exitCode(), text, data, problems);
  }

  /** A ledger that is down is already what the driver complains about. */
  private Optional<RunReport> read() {
    try {
      return RunReport.read(ledger.database(), id);
    } catch (AfpException e) {
      return Optional.empty();
    }
  }

  private Problem interrupted() {
    return Problem.error(
        ErrorCode.INTERRUPTED,
        "Cannot finish the run: it was interrupted, %s (run=%s)".formatted(left(), id),
        Location.nowhere(),
        "Run the same command again.");
  }

  private String left() {
    try {
      return new Runs(ledger.database())
          .find(id)
          .flatMap(RunRecord::release)
          .map("release %d is published, serving is not finished"::formatted)
          .orElse("nothing was published");
    } catch (AfpException e) {
      return "and the ledger does not answer whether it was published";
    }
  }
}
