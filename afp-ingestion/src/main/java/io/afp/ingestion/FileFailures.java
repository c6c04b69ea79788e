package io.afp.ingestion;

import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.lake.LakeErrors;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells a broken input file from everything else that can fail while it is read. */
final class FileFailures {

  private static final Pattern READING =
      Pattern.compile(
          "(?s).*?while reading file (\\S+?)\\.? .*|.*FAILED_READ_FILE.*?file (\\S+).*");

  private FileFailures() {}

  /**
   * The failure of a write whose input could not be read; everything else is not the fault of a
   * file.
   */
  static AfpException translate(TableName table, Exception failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      Optional<String> file = file(t);
      if (file.isPresent()) {
        return broken(file.get(), root(t));
      }
    }
    return LakeErrors.translate("fill table " + table, failure);
  }

  private static Optional<String> file(Throwable failure) {
    Matcher matcher =
        READING.matcher(failure.getMessage() == null ? "" : failure.getMessage() + " ");
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
  }

  /** A file that can't be read to its end. */
  static AfpException broken(String file, Throwable cause) {
    return new AfpException(
        ErrorCode.INPUT_UNREADABLE,
        "Cannot read file %s: it is broken (%s)"
            .formatted(file, cause.toString().lines().findFirst().orElse("")),
        "Get the file again; nothing of the run is visible.",
        cause);
  }

  private static Throwable root(Throwable failure) {
    Throwable t = failure;
    while (t.getCause() != null) {
      t = t.getCause();
    }
    return t;
  }
}
