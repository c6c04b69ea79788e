package io.afp.agentic.lifecycle;

import java.util.List;

/**
 * A phase of the process.
 *
 * @param requires ids of phases that come before
 * @param artifacts what it leaves
 */
public record Phase(String id, String name, List<String> requires, List<Artifact> artifacts) {

  /**
   * A file, or a folder with something in it.
   *
   * @param path as {@code lifecycle.yaml} writes it
   * @param sections headings that it has to have
   */
  public record Artifact(String path, List<String> sections) {

    private static final String FOLDER = "/";

    /** Whether it is a folder. */
    public boolean isFolder() {
      return path.endsWith(FOLDER);
    }

    /** Whether it lies below the root of the project, and not below {@code agent-prompts}. */
    public boolean isOfProject() {
      return path.startsWith(FOLDER);
    }

    Artifact at(String other) {
      return new Artifact(other, sections);
    }
  }
}
