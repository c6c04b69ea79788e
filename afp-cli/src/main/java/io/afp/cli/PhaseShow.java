package io.afp.cli;

import io.afp.agentic.gate.PhaseGate;
import io.afp.agentic.lifecycle.PhaseState;
import io.afp.agentic.model.ProcessModel;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows a phase: what it leaves, who agreed to it, what changed since. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows a phase: what it leaves, who agreed to it, what changed since.")
final class PhaseShow implements Callable<Integer> {

  @Mixin PhaseOption phase;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    PhaseGate gate = new PhaseGate(ProcessModel.read(options.processRoot()));
    PhaseState state = gate.state(phase.of(gate));
    return PhaseJson.end(options.output("phase show"), state, List.of());
  }
}
