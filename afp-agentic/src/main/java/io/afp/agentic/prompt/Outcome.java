package io.afp.agentic.prompt;

import io.afp.agentic.tree.Git;
import java.util.List;

/**
 * What came of a prompt.
 *
 * @param changes of files, as git counts them
 * @param notes what is to be known of it
 */
public record Outcome(Status status, List<Git.Change> changes, String notes) {

  /** How it ended. */
  public enum Status {
    /** All criteria that a command judges are proven. */
    SUCCESS,
    /** Something was done. */
    PARTIAL,
    /** Nothing was done. */
    FAILED
  }
}
