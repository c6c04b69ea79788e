package io.afp.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.afp.agentic.gate.PhaseGate;
import io.afp.agentic.lifecycle.PhaseState;
import io.afp.agentic.model.ProcessModel;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** All phases. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Shows all phases: open, complete, approved, or stale because something changed.")
final class PhaseList implements Callable<Integer> {

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    List<PhaseState> states = new PhaseGate(ProcessModel.read(options.processRoot())).states();
    ArrayNode data = Output.JSON.createArrayNode();
    TextTable table = new TextTable("phase", "name", "status", "approved by");
    for (PhaseState state : states) {
      PhaseJson.of(state, data.addObject());
      table.row(
          state.phase().id(),
          state.phase().name(),
          state.status().toString(),
          Cell.orBlank(state.approval().map(a -> a.by().name())));
    }
    return options.output("phase list").success(table.fit("name"), data, List.of());
  }
}
