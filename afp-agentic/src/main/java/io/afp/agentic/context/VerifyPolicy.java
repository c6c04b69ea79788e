package io.afp.agentic.context;

import java.time.Duration;
import java.util.List;

/**
 * Which commands may be run to verify a task, and how long.
 *
 * @param allow first words of commands
 * @param timeLimit how long a command may take
 * @param outputLimit how many bytes it may print
 */
public record VerifyPolicy(List<String> allow, Duration timeLimit, long outputLimit) {

  /** What holds where the context says nothing. */
  public static final VerifyPolicy DEFAULT =
      new VerifyPolicy(
          List.of("mvn", "./mvnw", "afp", "./afp", "java"), Duration.ofMinutes(10), 16L << 20);
}
