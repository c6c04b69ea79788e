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
    return run(command, arguments, ledger -> List.of(), text);
  }

  /**
   * The same.
   *
   * @param more arguments that the ledger knows
   */
  int run(
      String command,
      List<String> arguments,
      Function<Ledger, List<String>> more,
      Function<JsonNode, String> text) {
    return run(new Task(command, arguments, more), text, (history, branch) -> "");
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
    return run(new Task(command, arguments, ledger -> List.of()), text, left);
  }

  /** What is asked of a driver; the first argument names it. */
  private record Task(String command, List<String> arguments, Function<Ledger, List<String>> more) {

    String name() {
      return arguments.get(0);
    }

    List<String> all(Ledger ledger, UUID id) {
      List<String> all = new ArrayList<>(arguments);
      all.addAll(more.apply(ledger));
      all.addAll(List.of("--id", id.toString()));
      return all;
    }
  }

  private int run(
      Task task, Function<JsonNode, String> text, BiFunction<CatalogHistory, String, String> left) {
    UUID id = UUID.randomUUID();
    try (Ledger ledger = Ledger.open(settings, "afp/" + task.name());
        Driver driver = new Driver(settings, task.name() + "-" + id, Progress.forThisProcess())) {
      List<String> arguments = task.all(ledger, id);
      DriverEnd ended = driver.run("io.afp.pipeline.UpkeepJob", id.toString(), arguments);
      Output output = options.output(task.command());
      if (ended.interrupted()) {
        return output.failure(interrupted(ledger, Branches.nameOf(task.name(), id), left));
      }
      JsonNode data = ended.data();
      return output.end(
          ended.exitCode(), data.isObject() ? text.apply(data) : "", data, ended.problems());
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
