package io.afp.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.definition.Project;
import io.afp.core.definition.TableChecks;
import io.afp.core.settings.CheckArguments;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Judges a table that no pipeline fills. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Judges a table that no pipeline fills by a checks file: files, a table of a database, or of"
          + " a catalog that spark of afp.yaml configures.",
      "It ends with 65 if a check failed or is broken. The Postgres of AFP is not needed."
    })
final class QualityCheckCommand implements Callable<Integer> {

  @Parameters(paramLabel = "CHECKS", description = "The checks file.")
  Path checks;

  @Mixin CheckArguments given = new CheckArguments();

  @Mixin DryRunOption dryRun;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    given.require(); // a driver is another process, whose arguments others see
    TableChecks.read(checks); // mistakes are told before it starts
    Project project = options.project();
    String id = UUID.randomUUID().toString();
    try (Driver driver =
        new Driver(options.settings(project), "check-" + id, Progress.forThisProcess())) {
      DriverEnd ended = driver.run("io.afp.quality.CheckJob", id, arguments());
      JsonNode data = ended.data();
      String text = data.path("text").asText();
      if (data instanceof ObjectNode object) {
        object.remove("text");
      }
      return options.output("quality check").end(ended.exitCode(), text, data, ended.problems());
    }
  }

  private List<String> arguments() {
    List<String> arguments = new ArrayList<>(List.of("--checks", checks.toString()));
    arguments.addAll(given.again());
    arguments.addAll(dryRun.arguments());
    return arguments;
  }
}
