package io.afp.cli;

import io.afp.agentic.finding.Finding;
import io.afp.agentic.gate.PhaseGate;
import io.afp.agentic.lifecycle.Phase;
import io.afp.agentic.lifecycle.PhaseState;
import io.afp.agentic.model.ProcessModel;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Finds what stands against a phase: what is missing, wrong, or not approved before it. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description =
        "Finds what stands against a phase: what is missing, wrong, or not approved before it.")
final class PhaseCheck implements Callable<Integer> {

  @Mixin PhaseOption phase;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    PhaseGate gate = new PhaseGate(ProcessModel.read(options.processRoot()));
    Phase shown = phase.of(gate);
    PhaseState state = gate.state(shown);
    List<Finding> findings = gate.check(shown);
    return PhaseJson.end(options.output("phase check"), state, findings);
  }
}
