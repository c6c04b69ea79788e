package io.afp.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.catalog.Branches;
import io.afp.core.catalog.CatalogHistory;
import io.afp.core.definition.Project;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
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
  int run(String command, List<String> arguments, Function<JsonNode, String> text) {
    return run(command, arguments, text, (history, branch) -> "");
  }

  /**
   * The same for a task that publishes.
   *
   * @param left goes on with the sentence that it was interrupted: what became of its branch
   */
  int run(
      String command,
      List<String> arguments,
      Function<JsonNode, String> text,
      BiFunction<CatalogHistory, String, String> left) {
    String task = arguments.get(0);
    UUID id = UUID.randomUUID();
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of("--id", id.toString()));
    try (Ledger ledger = Ledger.open(settings, "afp/" + task);
        Driver driver = new Driver(settings, task + "-" + id, Progress.forThisProcess())) {
      DriverEnd ended = driver.run("io.afp.pipeline.UpkeepJob", id.toString(), all);
      if (ended.interrupted()) {
        return options
            .output(command)
            .failure(interrupted(ledger, Branches.nameOf(task, id), left));
      }
      JsonNode data = ended.data();
      return options
          .output(command)
          .end(ended.exitCode(), data.isObject() ? text.apply(data) : "", data, ended.problems());
    }
  }

  private static AfpException interrupted(
      Ledger ledger, String branch, BiFunction<CatalogHistory, String, String> left) {
    String rest;
    try {
      rest = left.apply(new CatalogHistory(ledger.database()), branch);
    } catch (AfpException e) {
      rest = ", and the ledger does not answer whether it was published";
    }
    return new AfpException(
        ErrorCode.INTERRUPTED,
        "Cannot finish the command: it was interrupted" + rest,
        "Run the same command again.");
  }
}
