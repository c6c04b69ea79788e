package io.afp.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.agentic.finding.Finding;
import io.afp.agentic.model.ProcessModel;
import io.afp.agentic.scaffold.Scaffold;
import io.afp.agentic.scaffold.Survey;
import io.afp.agentic.scaffold.Upgrade;
import io.afp.agentic.scaffold.Upgrade.Change;
import io.afp.agentic.scaffold.Upgrade.State;
import io.afp.agentic.tree.Git;
import io.afp.core.definition.Project;
import io.afp.core.error.AfpException;
import io.afp.core.error.Category;
import io.afp.core.error.ErrorCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Brings the files of the process to this version of AFP. */
@Command(
    name = "upgrade",
    mixinStandardHelpOptions = true,
    description = {
      "Brings the standards, skills, hooks and guides of the process to this version of AFP.",
      "Merges its changes with yours, and never writes over what you wrote."
    })
final class UpgradeCommand implements Callable<Integer> {

  @Option(
      names = "--keep",
      split = ",",
      paramLabel = "FILE",
      description = "Keeps your version of a file with a conflict; may be there several times.")
  List<String> yours = new ArrayList<>();

  @Mixin DryRunOption dryRun;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    ProcessModel model = ProcessModel.read(options.processRoot());
    Path root = model.tree().root();
    List<Finding> unread = model.unreadContext();
    if (!unread.isEmpty()) {
      return options.output("upgrade").unread(unread);
    }
    Upgrade upgrade = new Upgrade(root, scaffold(model), Set.copyOf(yours));
    List<Change> changes = upgrade.plan();
    if (!dryRun.dryRun) {
      requireCommitted(root, changes);
      upgrade.apply(changes);
    }
    return options
        .output("upgrade")
        .end(
            hasConflict(changes) ? Category.DATA.exitCode() : 0,
            text(changes),
            json(changes),
            List.of());
  }

  private static Scaffold scaffold(ProcessModel model) {
    Survey survey = Survey.of(new Project(model.tree().root()));
    String name = model.context().project();
    return Scaffold.ofExisting(survey, name.isBlank() ? survey.name() : name);
  }

  /** What is committed can be seen beside what became of it. */
  private static void requireCommitted(Path root, List<Change> changes) {
    List<String> places =
        changes.stream().filter(c -> c.state().changesFile()).map(Change::place).toList();
    List<String> uncommitted = Git.uncommitted(root, places).orElse(List.of());
    if (!uncommitted.isEmpty()) {
      throw new AfpException(
          ErrorCode.UNCOMMITTED,
          "Cannot upgrade: files that would be changed are not committed (files=%s)"
              .formatted(String.join(", ", uncommitted)),
          "Commit them first, or look at what would happen by --dry-run.");
    }
  }

  private String text(List<Change> changes) {
    TextTable table = new TextTable("file", "state");
    changes.stream()
        .filter(c -> c.state() != State.CURRENT)
        .forEach(c -> table.row(c.place(), c.state().toString()));
    boolean isCurrent = changes.stream().allMatch(c -> c.state() == State.CURRENT);
    return (isCurrent ? "" : table + "\n\n") + end(changes);
  }

  private String end(List<Change> changes) {
    if (dryRun.dryRun) {
      return "Nothing was changed: this was a dry run";
    }
    long current = changes.stream().filter(c -> c.state().isOfThisVersion()).count();
    String files = "%d of %d files are those of this version".formatted(current, changes.size());
    return hasConflict(changes)
        ? files + "\nYours and ours are in FILE.rej: take over what you want, or `--keep FILE`"
        : files;
  }

  private static boolean hasConflict(List<Change> changes) {
    return changes.stream().anyMatch(c -> c.state() == State.CONFLICT);
  }

  private ObjectNode json(List<Change> changes) {
    ObjectNode data = Output.JSON.createObjectNode().put("dry_run", dryRun.dryRun);
    ArrayNode files = data.putArray("files");
    for (Change change : changes) {
      files.addObject().put("path", change.place()).put("state", change.state().toString());
    }
    return data;
  }
}
