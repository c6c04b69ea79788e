package io.afp.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Gives what a shell needs to complete the command. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = {
      "Prints a script by which bash and zsh complete afp.",
      "Use it by: source <(afp completion)"
    })
final class CompletionCommand implements Callable<Integer> {

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    String script = AutoComplete.bash("afp", Afp.commandLine());
    ObjectNode data = Output.JSON.createObjectNode().put("script", script);
    return options.output("completion").success(script, data, List.of());
  }
}
