package io.afp.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.definition.Project;
import io.afp.core.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** A driver that does upkeep of the lake, and what it answers. */
record UpkeepDriver(CommonOptions options, Settings settings) {

  static UpkeepDriver of(CommonOptions options, Project project) {
    return new UpkeepDriver(options, options.settings(project));
  }

  /**
   * Runs a task and ends the command with its answer.
   *
   * @param arguments the name of the task, then its arguments
   * @param text the answer for people
   * @return the exit code
   */
  @SuppressWarnings("try") // the ledger is not asked: it is kept open for the driver
  int run(String command, List<String> arguments, Function<JsonNode, String> text) {
    String task = arguments.get(0);
    String id = UUID.randomUUID().toString();
    try (Ledger ledger = Ledger.open(settings, "afp/" + task);
        Driver driver = new Driver(settings, task + "-" + id, Progress.forThisProcess())) {
      DriverEnd ended = driver.run("io.afp.pipeline.UpkeepJob", id, new ArrayList<>(arguments));
      JsonNode document = ended.report();
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
}
