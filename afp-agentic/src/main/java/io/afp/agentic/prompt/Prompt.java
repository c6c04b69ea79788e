package io.afp.agentic.prompt;

import io.afp.agentic.tree.ProcessTree;
import java.util.List;

/**
 * The words for an agent.
 *
 * @param task whose prompt it is
 * @param text all of it
 * @param files what it refers to
 */
public record Prompt(String task, String text, List<ContextFile> files) {

  private static final String BELOW = "^" + ProcessTree.FOLDER + "/";

  /**
   * The words that somebody gave to an agent instead. They refer to those of the files that they
   * name, from the root of the project or from below {@code agent-prompts}.
   */
  public Prompt inWords(String words) {
    List<ContextFile> named =
        files.stream()
            .filter(file -> words.contains(file.path().replaceFirst(BELOW, "")))
            .map(file -> new ContextFile(file.path(), file.sha256(), file.bytes(), false))
            .toList();
    return new Prompt(task, words, named);
  }

  /**
   * A file that a prompt refers to.
   *
   * @param path from the root of the project
   * @param sha256 of the file when the prompt was made
   * @param included whether its text is in the prompt; else only its name, for want of room
   */
  public record ContextFile(String path, String sha256, long bytes, boolean included) {}
}
