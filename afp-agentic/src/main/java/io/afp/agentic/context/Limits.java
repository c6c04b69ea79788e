package io.afp.agentic.context;

/**
 * Numbers that artefacts are judged by.
 *
 * @param fewestLines of a module
 * @param mostLines of a module
 * @param fanOut how many modules a module may depend on
 * @param agentLines how long {@code AGENTS.md} may be
 */
public record Limits(long fewestLines, long mostLines, long fanOut, long agentLines) {

  /** Those of the process. */
  public static final Limits DEFAULT = new Limits(200, 400, 4, 150);
}
