package io.afp.cli;

import io.afp.agentic.gate.PhaseGate;
import io.afp.agentic.lifecycle.Phase;
import picocli.CommandLine.Parameters;

/** Which phase. */
final class PhaseOption {

  @Parameters(index = "0", paramLabel = "PHASE", description = "The phase, from 0 to 7.")
  String id;

  Phase of(PhaseGate gate) {
    return gate.phase(id);
  }
}
