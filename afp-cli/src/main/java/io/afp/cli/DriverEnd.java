package io.afp.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a driver ended.
 *
 * @param processCode the exit code of its process
 * @param document its report; empty when it ended before it could write it
 * @param commandInterrupted whether the command around it is being interrupted
 */
record DriverEnd(
    int processCode, Optional<JsonNode> document, boolean commandInterrupted, Path log) {

  /** Of a Java that was ended by SIGHUP, SIGINT or SIGTERM. */
  private static final Set<Integer> SIGNALS = Set.of(129, 130, 143);

  /** Whether it could not do its work because it was interrupted. */
  boolean interrupted() {
    return (commandInterrupted || SIGNALS.contains(processCode))
        && firstCode().map(ErrorCode.INTERRUPTED.code()::equals).orElse(true);
  }

  /** Whether it did nothing because another driver is at work, maybe on the same run. */
  boolean refused() {
    return firstCode().filter(ErrorCode.LEASE_HELD.code()::equals).isPresent();
  }

  private Optional<String> firstCode() {
    return document.map(d -> d.at("/diagnostics/0/code").asText());
  }

  /** What an orchestrator gets: a process that was killed could not choose its own code. */
  int exitCode() {
    return document.map(d -> d.path("exit").asInt()).orElseGet(() -> died().exitCode());
  }

  String outcome() {
    return document.map(d -> d.path("outcome").asText()).orElse("failed");
  }

  /** What it was asked for; JSON's null when it did not come to that. */
  JsonNode data() {
    return document
        .map(d -> d.path("data"))
        .filter(JsonNode::isObject)
        .orElse(Output.JSON.nullNode());
  }

  /** What went wrong. A command shows it while it has its driver: it ends when that is closed. */
  List<Problem> problems() {
    return document.map(Diagnostics::read).orElseGet(() -> died().problems());
  }

  private AfpException died() {
    if (interrupted()) {
      return new AfpException(
          ErrorCode.INTERRUPTED,
          "Cannot finish the command: it was interrupted",
          "Run the same command again.");
    }
    return new AfpException(
        ErrorCode.DRIVER_DIED,
        "Cannot say how it ended: the driver ended without a report (exit=%d)"
            .formatted(processCode),
        "See " + log + ", then run the same command again.");
  }
}
