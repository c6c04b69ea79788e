package io.afp.agentic.prompt;

import java.time.Instant;
import java.util.Optional;

/**
 * Who asked what, with which prompt.
 *
 * @param developer who asked
 * @param runner the first word of the command that was run; {@code by hand} where none was
 * @param model which one answered, as far as it is known
 * @param refinement of an earlier prompt for the same task
 * @param answer of the agent; empty where a person worked
 */
record Run(
    Prompt prompt,
    String developer,
    String runner,
    String model,
    Optional<Refinement> refinement,
    Instant started,
    Instant ended,
    Optional<AgentAnswer> answer,
    String before,
    String after) {}
