package io.afp.agentic.tree;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.UUID;

/** Writes files of a project. */
public final class TextFile {

  private TextFile() {}

  /**
   * Writes a file in one step: who reads meanwhile sees the old text or the new one. A file that
   * has this text already is left alone. Who may do what with it stays as it is; a new script can
   * be run.
   *
   * @param path from the root
   * @throws AfpException HOME_UNWRITABLE if it lies outside of the project or can't be written
   */
  public static void write(Path root, String path, String text) {
    Path file = PlainPath.inside(root, path).orElseThrow(() -> failed(path, "it leads out", null));
    try {
      if (Files.exists(file) && Files.readString(file).equals(text)) {
        return;
      }
      Files.createDirectories(file.getParent());
      replace(file, text);
    } catch (IOException e) {
      throw failed(path, e.toString(), e);
    }
  }

  /** The name is new, so that nobody else writes there, and no link can wait there. */
  private static void replace(Path file, String text) throws IOException {
    Path beside = file.resolveSibling(".%s.%s".formatted(file.getFileName(), UUID.randomUUID()));
    try {
      Files.writeString(beside, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      if (Files.exists(file)) {
        keepPermissions(file, beside);
      } else if (text.startsWith("#!")) {
        beside.toFile().setExecutable(true);
      }
      Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  private static void keepPermissions(Path from, Path to) throws IOException {
    PosixFileAttributeView kept = Files.getFileAttributeView(from, PosixFileAttributeView.class);
    if (kept != null) { // not on Windows
      Files.setPosixFilePermissions(to, kept.readAttributes().permissions());
    }
  }

  private static AfpException failed(String path, String why, IOException cause) {
    return new AfpException(
        ErrorCode.HOME_UNWRITABLE,
        "Cannot write a file of the project: %s (file=%s)".formatted(why, path),
        "Get the right to write there, and run the same command again.",
        cause);
  }
}
