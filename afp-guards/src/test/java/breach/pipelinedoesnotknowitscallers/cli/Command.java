package breach.pipelinedoesnotknowitscallers.cli;

/** What the driver must not see. */
public final class Command {}
