package io.afp.cli;

import io.afp.agentic.model.ProcessModel;
import io.afp.agentic.prompt.Prompt;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the prompt of a task. */
@Command(
    name = "build",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the prompt of a task: its parts in the order of its type, and the files it names.",
      "What looks like a secret is left out."
    })
final class PromptBuild implements Callable<Integer> {

  @Mixin TaskOption task;

  @Mixin PromptOptions made;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    ProcessModel model = ProcessModel.read(options.processRoot());
    Prompt prompt = made.build(model.tree(), task.of(model));
    return options.output("prompt build").success(prompt.text(), PromptJson.of(prompt), List.of());
  }
}
