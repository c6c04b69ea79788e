package io.afp.agentic.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A folder under git. */
public record GitFolder(Path root) {

  /** Puts a folder under git. */
  public static GitFolder of(Path root) {
    GitFolder folder = new GitFolder(root);
    folder.git("init", "-q");
    return folder;
  }

  /** Commits all that is there. */
  public GitFolder commit() {
    git("add", "-A", "-f");
    git("commit", "-q", "-m", "All that is there");
    return this;
  }

  /** Runs git, which has to succeed. */
  public void git(String... arguments) {
    List<String> words =
        new ArrayList<>(List.of("git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org"));
    words.addAll(List.of(arguments));
    try {
      Process git = new ProcessBuilder(words).directory(root.toFile()).inheritIO().start();
      if (git.waitFor() != 0) {
        throw new IllegalStateException("git failed: " + words);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
