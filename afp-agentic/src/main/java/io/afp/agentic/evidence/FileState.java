package io.afp.agentic.evidence;

import io.afp.agentic.tasks.TaskFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The checksums of files at a moment. */
final class FileState {

  /** In place of the checksum of a file that is not there, is empty, or is a link to another. */
  static final String ABSENT = "absent";

  private FileState() {}

  /**
   * Those of the deliverables of a task, and of the scripts of the project that judge it; a path
   * that leads out of the project counts as absent.
   */
  static SortedMap<String, String> of(Path root, TaskFile task) {
    SortedMap<String, String> state = new TreeMap<>();
    Set<String> paths = new TreeSet<>(task.deliverablePaths());
    task.criteria().stream()
        .flatMap(criterion -> criterion.verify().stream())
        .map(command -> command.strip().replaceFirst("\\s.*", ""))
        .filter(word -> word.contains("/"))
        .forEach(paths::add);
    paths.forEach(path -> state.put(path, Judges.checksum(root, path)));
    return state;
  }

  static boolean isWritten(Path file) {
    try {
      return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) > 0;
    } catch (IOException e) {
      return false;
    }
  }
}
