package io.afp.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** A driver that does upkeep of the lake, and what it answers. */
final class UpkeepDriver {

  private UpkeepDriver() {}

  /**
   * Runs a task and ends the command with its answer.
   *
   * @param arguments the name of the task, then its arguments
   * @param text the answer for people
   * @return the exit code
   */
  static int run(
      CommonOptions options,
      String command,
      List<String> arguments,
      Function<JsonNode, String> text) {
    Settings settings = options.settings(options.project());
    try (Ledger ledger = Ledger.open(settings, "afp/" + arguments.get(0))) {
      String id = UUID.randomUUID().toString();
      Driver driver =
          new Driver(settings, arguments.get(0) + "-" + id, Progress.forThisProcess());
      Driver.Ended ended =
          driver.run("io.afp.pipeline.UpkeepJob", id, new ArrayList<>(arguments));
      JsonNode document = ended.document().orElseThrow(() -> died(driver, ended));
      JsonNode data = document.path("data");
      return options
          .output(command)
          .end(
              ended.exitCode(),
              ended.exitCode() == 0 ? text.apply(data) : "",
              data,
              Diagnostics.read(document));
    }
  }

  private static AfpException died(Driver driver, Driver.Ended ended) {
    return new AfpException(
        ErrorCode.DRIVER_DIED,
        "Cannot say how it ended: the driver ended without a report (exit=%d)"
            .formatted(ended.exitCode()),
        "See " + driver.log() + ", then run the same command again.");
  }
}
