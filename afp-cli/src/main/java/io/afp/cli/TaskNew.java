package io.afp.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.agentic.model.ProcessModel;
import io.afp.agentic.tasks.TaskSize;
import io.afp.agentic.tasks.TaskTemplate;
import io.afp.agentic.tasks.TaskType;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the file of a new task. */
@Command(
    name = "new",
    mixinStandardHelpOptions = true,
    description = "Writes a task with its sections, and what belongs in each of them.")
final class TaskNew implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "MODULE/FEATURE", description = "The module and a name.")
  String id;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      defaultValue = "implementation",
      description = "The kind of work: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  TaskType type;

  @Option(
      names = "--size",
      paramLabel = "SIZE",
      defaultValue = "normal",
      description = "How much is written: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  TaskSize size;

  @Option(names = "--title", paramLabel = "TEXT", description = "What is to be done.")
  String title;

  @Option(
      names = "--requirement",
      split = ",",
      paramLabel = "ID",
      description = "What it is for, as in BR-001; may be there several times.")
  List<String> requirements = new ArrayList<>();

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    ProcessModel model = ProcessModel.read(options.processRoot());
    requireNew(model);
    String written = title == null ? words() : title;
    NewFile file =
        new NewFile(
            model.tree().root().resolve(TaskTemplate.path(id)),
            TaskTemplate.text(id, type, size, written, requirements));
    if (file.isThere()) {
      throw new AfpException(
          ErrorCode.TASK_EXISTS,
          "Cannot write the task: it is there already (file=%s)".formatted(TaskTemplate.path(id)),
          "Edit it, or choose another name.");
    }
    file.requireWritable(model.tree().root());
    file.write();
    ObjectNode data = Output.JSON.createObjectNode();
    data.put("task", id).put("path", TaskTemplate.path(id));
    String text =
        "Written: %s\nWrite its sections, then `afp task start %s`"
            .formatted(TaskTemplate.path(id), id);
    return options.output("task new").success(text, data, List.of());
  }

  private void requireNew(ProcessModel model) {
    if (!TaskTemplate.isId(id)) {
      throw new AfpException(
          ErrorCode.USAGE,
          "Cannot write the task: '%s' is no module with a name".formatted(id),
          "Write it as in orders/land_orders, in lower case.");
    }
    if (!model.structure().modules().isEmpty()) {
      model.module(id.substring(0, id.indexOf('/')));
    }
  }

  /** The name of the feature as a sentence. */
  private String words() {
    String words = id.substring(id.indexOf('/') + 1).replaceAll("[_-]+", " ");
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
