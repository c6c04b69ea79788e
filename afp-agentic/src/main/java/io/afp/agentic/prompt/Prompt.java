package io.afp.agentic.prompt;

import java.util.List;

/**
 * The words for an agent.
 *
 * @param task whose prompt it is
 * @param text all of it
 * @param files what it refers to
 */
public record Prompt(String task, String text, List<ContextFile> files) {

  /**
   * A file that a prompt refers to.
   *
   * @param path from the root of the project
   * @param sha256 of the file when the prompt was made
   * @param included whether its text is in the prompt; else only its name, for want of room
   */
  public record ContextFile(String path, String sha256, long bytes, boolean included) {}
}
