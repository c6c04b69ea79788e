package breach.pipelinedoesnotknowitscallers.pipeline;

import breach.pipelinedoesnotknowitscallers.cli.Command;

/** A seeded breach. */
final class Pipeline {
  Command seen;
}
