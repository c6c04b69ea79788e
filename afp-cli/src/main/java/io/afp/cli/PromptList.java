package io.afp.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.afp.agentic.prompt.PromptLog;
import io.afp.agentic.prompt.PromptLog.Sealed;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** All prompts that were recorded. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Shows all prompts that were recorded, the first one first.")
final class PromptList implements Callable<Integer> {

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    List<Sealed> records = PromptLog.read(options.processRoot()).all();
    ArrayNode data = Output.JSON.createArrayNode();
    for (Sealed each : records) {
      data.addObject()
          .put("id", each.id())
          .put("task", each.task())
          .put("version", each.version())
          .put("status", each.status())
          .put("at", each.at());
    }
    return options.output("prompt list").success(text(records), data, List.of());
  }

  private static String text(List<Sealed> records) {
    if (records.isEmpty()) {
      return "No prompt yet; `afp prompt run` writes them down";
    }
    TextTable table = new TextTable("record", "task", "status", "at");
    records.forEach(each -> table.row(each.id(), each.task(), each.status(), each.at()));
    return table.fit("record");
  }
}
