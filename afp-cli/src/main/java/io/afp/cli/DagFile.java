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
 * @param file what is to be there
 * @param found what was there before anything is written
 */
record DagFile(NewFile file, Optional<String> found) {

  /** Stands in each file that AFP writes there. */
  static final String MARK = "Written by `afp airflow generate`; do not edit";

  /**
   * A file and what is there now.
   *
   * @param path absolute
   */
  static DagFile of(Path path, String text) {
    NewFile file = new NewFile(path, text);
    return new DagFile(file, found(file));
  }

  private static Optional<String> found(NewFile file) {
    try {
      return file.isThere() ? Optional.of(Files.readString(file.path())) : Optional.empty();
    } catch (IOException e) {
      return Optional.of(""); // nobody can tell whose it is
    }
  }

  Path path() {
    return file.path();
  }

  boolean isThere() {
    return found.isPresent();
  }

  boolean isCurrent() {
    return found.filter(file.text()::equals).isPresent();
  }

  /**
   * Fails if it can't be written, or if somebody else has written it.
   *
   * @throws AfpException DAG_FOREIGN
   */
  void requireOurs() {
    file.requireWritable();
    if (found.filter(text -> !text.contains(MARK)).isPresent()) {
      throw new AfpException(
          ErrorCode.DAG_FOREIGN,
          "Cannot write a DAG: there is a file that AFP has not written (file=%s)"
              .formatted(path()),
          "Move the file away, or choose another folder by --out.");
    }
  }

  /** Leaves a file alone that is current: Airflow would read it anew. */
  void write() {
    if (!isThere()) {
      file.write();
    } else if (!isCurrent()) {
      file.replace();
    }
  }
}
