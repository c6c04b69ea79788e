package io.afp.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.agentic.model.ProcessModel;
import io.afp.agentic.tasks.TaskFile;
import io.afp.agentic.tasks.TaskMigration;
import io.afp.agentic.tree.TextFile;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Brings a task into its form. */
@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    description = "Writes a task of the older form in that of six sections.")
final class TaskMigrate implements Callable<Integer> {

  @Mixin TaskOption task;

  @Mixin DryRunOption dryRun;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    ProcessModel model = ProcessModel.read(options.processRoot());
    TaskFile file = task.of(model);
    boolean needed = TaskMigration.isNeeded(file);
    String text = needed ? TaskMigration.text(file) : model.tree().texts().get(file.path());
    if (needed && !dryRun.dryRun) {
      TextFile.write(model.tree().root(), file.path(), text);
    }
    ObjectNode data = Output.JSON.createObjectNode();
    data.put("task", file.id())
        .put("path", file.path())
        .put("needed", needed)
        .put("dry_run", dryRun.dryRun)
        .put("text", text);
    return options.output("task migrate").success(said(file, needed, text), data, List.of());
  }

  private String said(TaskFile file, boolean needed, String text) {
    if (!needed) {
      return "Nothing to do: %s has the form already".formatted(file.path());
    }
    return dryRun.dryRun ? text.strip() : "Written: " + file.path();
  }
}
