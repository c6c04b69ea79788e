package io.afp.agentic.evidence;

import io.afp.agentic.tasks.TaskFile;
import io.afp.agentic.tree.PlainPath;
import io.afp.core.text.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The checksums of the files of a project at a moment: each is read once, when it is asked for
 * first.
 *
 * <p>Not thread-safe: one command asks.
 */
public final class Checksums {

  /** In place of the checksum of a file that is not there, is empty, or is a link to another. */
  static final String ABSENT = "absent";

  private final Path root;
  private final Map<String, String> known = new HashMap<>();

  /** Those of a project as it is now. */
  public Checksums(Path root) {
    this.root = root;
  }

  Path root() {
    return root;
  }

  /** That of a file; a path that leads out of the project counts as absent. */
  String of(String path) {
    return known.computeIfAbsent(path, this::read);
  }

  /** Those of files, by their paths. */
  SortedMap<String, String> of(Collection<String> paths) {
    SortedMap<String, String> checksums = new TreeMap<>();
    paths.forEach(path -> checksums.put(path, of(path)));
    return checksums;
  }

  /** Those of the deliverables of a task, and of the scripts of the project that judge it. */
  SortedMap<String, String> of(TaskFile task) {
    Set<String> paths = new TreeSet<>(task.deliverablePaths());
    task.criteria().stream()
        .flatMap(criterion -> criterion.verify().stream())
        .map(command -> command.strip().replaceFirst("\\s.*", ""))
        .filter(word -> word.contains("/"))
        .forEach(paths::add);
    return of(paths);
  }

  private String read(String path) {
    return PlainPath.inside(root, path).filter(Checksums::isWritten).map(Sha256::of).orElse(ABSENT);
  }

  private static boolean isWritten(Path file) {
    try {
      return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) > 0;
    } catch (IOException e) {
      return false;
    }
  }
}
