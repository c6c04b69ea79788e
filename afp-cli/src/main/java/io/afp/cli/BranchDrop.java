package io.afp.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.error.Count;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Drops a branch. */
@Command(
    name = "drop",
    mixinStandardHelpOptions = true,
    description = "Drops a branch that was not published, with the files that only it reaches.")
final class BranchDrop implements Callable<Integer> {

  @Parameters(paramLabel = "BRANCH", description = "The name; see `afp branch list`.")
  String branch;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    return UpkeepDriver.of(options, options.existingProject())
        .run("branch drop", List.of("drop-branch", "--branch", branch), BranchDrop::text);
  }

  private static String text(JsonNode data) {
    long files = data.path("files").asLong();
    return "Branch %s is dropped: %s had changed, %s %s deleted"
        .formatted(
            data.path("branch").asText(),
            Count.of(data.path("tables").asLong(), "table"),
            Count.of(files, "file"),
            files == 1 ? "is" : "are");
  }
}
