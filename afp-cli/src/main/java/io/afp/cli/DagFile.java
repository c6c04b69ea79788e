package io.afp.cli;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file in the folder of DAGs.
 *
 * @param path absolute
 * @param text what is to be in it
 */
record DagFile(Path path, String text) {

  /** Stands in each file that AFP writes there. */
  static final String MARK = "Written by `afp airflow generate`; do not edit";

  boolean isThere() {
    return file().isThere();
  }

  boolean isCurrent() {
    return found().filter(text::equals).isPresent();
  }

  /**
   * Fails if it can't be written, or if somebody else has written it.
   *
   * @throws AfpException DAG_FOREIGN
   */
  void requireOurs() {
    file().requireWritable();
    if (found().filter(found -> !found.contains(MARK)).isPresent()) {
      throw new AfpException(
          ErrorCode.DAG_FOREIGN,
          "Cannot write a DAG: there is a file that AFP has not written (file=%s)".formatted(path),
          "Move the file away, or choose another folder by --out.");
    }
  }

  /** Leaves a file alone that is current: Airflow would read it anew. */
  void write() {
    if (!isThere()) {
      file().write();
    } else if (!isCurrent()) {
      file().replace();
    }
  }

  private NewFile file() {
    return new NewFile(path, text);
  }

  private Optional<String> found() {
    try {
      return isThere() ? Optional.of(Files.readString(path)) : Optional.empty();
    } catch (IOException e) {
      return Optional.of(""); // nobody can tell whose it is
    }
  }
}
