package io.afp.cli;

import io.afp.agentic.finding.Finding;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Begins the process of a project that is there. Starts neither Spark nor Postgres. */
@Command(
    name = "adopt",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the process around a project that exists, drafted from its pipelines and pom.xml.",
      "Files that are there already are kept as they are."
    })
final class AdoptCommand implements Callable<Integer> {

  @Mixin DryRunOption dryRun;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    Path root = options.project().root();
    ProcessStart start = ProcessStart.ofExisting(root);
    List<Finding> unread = start.unreadContext();
    if (!unread.isEmpty()) {
      return options.output("adopt").unread(unread);
    }
    List<NewFile> missing = start.missing();
    if (!dryRun.dryRun) {
      start.write(missing);
    }
    WrittenFiles written = new WrittenFiles(root, start.files(), missing, dryRun.dryRun);
    String next =
        "Next: `afp lint` says what only people can write, `afp phase list` how far each phase is.";
    return options.output("adopt").success(written.text(next), written.json(), List.of());
  }
}
