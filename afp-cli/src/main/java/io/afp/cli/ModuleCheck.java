package io.afp.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.agentic.finding.Finding;
import io.afp.agentic.lint.Lint;
import io.afp.agentic.model.ProcessModel;
import io.afp.core.error.Count;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what is wrong with the modules and their graph. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Finds circles, breaches of layers and what else is wrong with the modules.")
final class ModuleCheck implements Callable<Integer> {

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    ProcessModel model = ProcessModel.read(options.processRoot());
    List<Finding> findings = Lint.checkModules(model);
    int modules = model.structure().modules().size();
    ObjectNode data = Output.JSON.createObjectNode().put("modules", modules);
    String text =
        "%s: %s".formatted(Count.of(modules, "module"), Count.of(findings.size(), "finding"));
    return options.output("module check").findings(text, data, findings);
  }
}
