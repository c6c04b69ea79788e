package io.afp.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.agentic.finding.Finding;
import io.afp.agentic.lint.Lint;
import io.afp.agentic.model.ProcessModel;
import io.afp.agentic.prompt.PromptLog;
import io.afp.core.error.Count;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says whether the records of prompts are as they were written. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = "Finds records of prompts that were edited, left out or put in between.")
final class PromptVerify implements Callable<Integer> {

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    ProcessModel model = ProcessModel.read(options.processRoot());
    List<Finding> findings = Lint.checkPrompts(model);
    int records = PromptLog.read(model.tree().root()).all().size();
    ObjectNode data = Output.JSON.createObjectNode().put("records", records);
    String text =
        "%s: %s".formatted(Count.of(records, "record"), Count.of(findings.size(), "finding"));
    return options.output("prompt verify").findings(text, data, findings);
  }
}
