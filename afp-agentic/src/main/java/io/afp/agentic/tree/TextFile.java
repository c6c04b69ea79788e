package io.afp.agentic.tree;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes files of a project. */
public final class TextFile {

  private TextFile() {}

  /**
   * Writes a file in one step: who reads meanwhile sees the old text or the new one. A file that
   * has this text already is left alone.
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
      Path beside = file.resolveSibling("." + file.getFileName() + ".new");
      Files.writeString(beside, text);
      Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failed(path, e.toString(), e);
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
