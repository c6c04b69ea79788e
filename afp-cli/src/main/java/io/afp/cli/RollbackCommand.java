package io.afp.cli;

import io.afp.core.catalog.CatalogHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes the lake back to a release. */
@Command(
    name = "rollback",
    mixinStandardHelpOptions = true,
    description = {
      "Takes all tables back to what a release showed, rows and columns, in one publish, and serves them again.",
      "It is a release of its own, so it can be rolled back too. What was done since is done again by the next run."
    })
final class RollbackCommand implements Callable<Integer> {

  @Option(
      names = "--to",
      paramLabel = "RELEASE",
      required = true,
      description = "The number of the release; see `afp releases`.")
  long to;

  @Mixin DryRunOption dryRun;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    List<String> arguments = new ArrayList<>(List.of("rollback", "--to", Long.toString(to)));
    arguments.addAll(dryRun.arguments());
    return UpkeepDriver.of(options, options.existingProject())
        .run("rollback", arguments, RollbackText::of, RollbackCommand::left);
  }

  private static String left(CatalogHistory history, String branch) {
    return history
        .releaseOf(branch)
        .map(", release %d is published, serving is not finished"::formatted)
        .orElse(", nothing was published");
  }
}
