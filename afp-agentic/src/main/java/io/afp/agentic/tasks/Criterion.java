package io.afp.agentic.tasks;

import java.util.Optional;

/**
 * What has to hold in the end.
 *
 * @param id {@code SC-1}, or its place among the criteria where it has none
 * @param text what it says
 * @param ticked whether its box is ticked
 * @param verify the command that judges it
 * @param manual who judges it, where no command can
 * @param line of the box
 */
public record Criterion(
    String id,
    String text,
    boolean ticked,
    Optional<String> verify,
    Optional<String> manual,
    int line) {

  /** All that may not change after it was judged. */
  public String promise() {
    return "%s | verify: %s | manual: %s".formatted(text, verify.orElse(""), manual.orElse(""));
  }
}
