package io.afp.agentic.tree;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What git knows of a project; nothing where there is no git, or the project is in none. */
public final class Git {

  private Git() {}

  /** The commit that is checked out. */
  public static Optional<String> head(Path root) {
    return lines(root, "rev-parse", "HEAD").flatMap(lines -> lines.stream().findFirst());
  }

  /** The files that the next commit changes, from the root of the project. */
  public static Optional<List<String>> staged(Path root) {
    return lines(
        root, "-c", "core.quotePath=false", "diff", "--cached", "--name-only", "--relative");
  }

  private static Optional<List<String>> lines(Path root, String... arguments) {
    List<String> words = new ArrayList<>(List.of("git"));
    words.addAll(List.of(arguments));
    try {
      Process git =
          new ProcessBuilder(words)
              .directory(root.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      git.getOutputStream().close();
      String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return git.waitFor() == 0 ? Optional.of(said.lines().toList()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
