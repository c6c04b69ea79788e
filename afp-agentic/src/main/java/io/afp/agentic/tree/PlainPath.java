package io.afp.agentic.tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Paths as people and agents write them in documents, which may name no file outside of a project.
 */
public final class PlainPath {

  private PlainPath() {}

  /**
   * The file that a text names, whether it is there or not; empty when it lies outside of the root:
   * by an absolute path, by {@code ..}, or by a symbolic link on the way.
   */
  public static Optional<Path> inside(Path root, String text) {
    try {
      Path path = root.resolve(text).normalize();
      boolean relative = !Path.of(text).isAbsolute() && !text.startsWith("~");
      return relative && path.startsWith(root) && staysBelow(root, path)
          ? Optional.of(path)
          : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** Whether no link is on the way to a file of the project, and it is none itself. */
  public static boolean isPlain(Path root, String text) {
    Path there = existing(root.resolve(text));
    try {
      return there.toRealPath().equals(root.toRealPath().resolve(root.relativize(there)));
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  private static Path existing(Path path) {
    Path there = path;
    while (!Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
      there = there.getParent();
    }
    return there;
  }

  /** A path that is not there can't be followed, but the folders above it that are there can. */
  private static boolean staysBelow(Path root, Path path) {
    try {
      return existing(path).toRealPath().startsWith(root.toRealPath());
    } catch (IOException e) {
      return false; // a link that leads nowhere may lead anywhere tomorrow
    }
  }
}
