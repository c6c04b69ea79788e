package io.afp.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.ledger.RunHistory;
import java.util.List;

/** Runs as JSON; the tables differ from command to command. */
final class RunRows {

  private RunRows() {}

  static ArrayNode json(List<RunHistory.Entry> runs) {
    ArrayNode array = Output.JSON.createArrayNode();
    runs.forEach(run -> describe(run, array.addObject()));
    return array;
  }

  static void describe(RunHistory.Entry run, ObjectNode node) {
    node.put("run_id", run.id().toString())
        .put("pipeline", run.pipeline())
        .put("interval", run.interval())
        .put("state", run.state())
        .put("attempts", run.attempts())
        .put("started", run.started().toString())
        .put("seconds", run.duration().toMillis() / 1000.0)
        .put("release", run.release().orElse(null))
        .put("error", run.failure().map(RunHistory.Failure::code).orElse(null));
  }
}
