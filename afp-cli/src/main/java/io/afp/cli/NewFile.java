package io.afp.cli;

import io.afp.agentic.tree.PlainPath;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A file to write where there is none.
 *
 * @param path absolute
 */
record NewFile(Path path, String text) {

  private static final String SCRIPT = "#!";

  /**
   * Those of the files of a project that are not there yet.
   *
   * @throws AfpException if one of them can't be written
   */
  static List<NewFile> missing(List<NewFile> files, Path root) {
    List<NewFile> missing = files.stream().filter(file -> !file.isThere()).toList();
    missing.forEach(file -> file.requireWritable(root));
    return missing;
  }

  /** Whether there is a file, or a link, whatever is in it. */
  boolean isThere() {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(path);
  }

  /** Fails if the file can't be written, as far as can be seen beforehand. */
  void requireWritable() {
    if (Files.isDirectory(path)) {
      throw failed("there is a folder of that name", "Move the folder away.", null);
    }
    Path folder = path.getParent();
    while (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      folder = folder.getParent();
    }
    if (!Files.isDirectory(folder)) {
      throw failed(
          "%s is a file and no folder".formatted(folder),
          "Move the file away, or choose another folder.",
          null);
    }
    if (!Files.isWritable(folder)) {
      throw denied(folder + " may not be written", null);
    }
  }

  /** The same for a file of a project, out of which no link may lead. */
  void requireWritable(Path root) {
    if (Files.exists(root) && PlainPath.inside(root, root.relativize(path).toString()).isEmpty()) {
      throw failed("a link leads out of the project", "Put a folder in place of the link.", null);
    }
    requireWritable();
  }

  void write() {
    try {
      Files.createDirectories(path.getParent());
      Files.writeString(path, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      if (text.startsWith(SCRIPT)) {
        path.toFile().setExecutable(true);
      }
    } catch (IOException e) {
      throw denied(e.toString(), e);
    }
  }

  /** Writes it in place of the one that is there. */
  void replace() {
    try {
      Files.writeString(path, text);
    } catch (IOException e) {
      throw denied(e.toString(), e);
    }
  }

  private AfpException denied(String why, IOException cause) {
    return failed(why, "Choose another folder, or get the right to write there.", cause);
  }

  private AfpException failed(String why, String fix, IOException cause) {
    return new AfpException(
        ErrorCode.HOME_UNWRITABLE,
        "Cannot write a file of the project: %s (file=%s)".formatted(why, path),
        fix,
        cause);
  }
}
