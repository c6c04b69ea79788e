package io.afp.ingestion.file;

import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import io.afp.core.error.Causes;
import io.afp.core.error.ErrorCode;
import io.afp.core.lake.LakeErrors;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/** Tells a broken input file from everything else that can fail while it is read. */
final class FileFailures {

  private static final Pattern READING =
      Pattern.compile("while reading file\\s+(\\S+?)\\.?(\\s|$)");

  private static final String READER_OF_SPARK =
      "org.apache.spark.sql.execution.datasources.FileScanRDD";

  private FileFailures() {}

  /**
   * The failure of a write whose input could not be read; everything else is not the fault of a
   * file.
   *
   * @param broken looks for the file, where Spark does not name it
   */
  static AfpException translate(
      TableName table, Exception failure, Supplier<Optional<String>> broken) {
    Optional<AfpException> known = LakeErrors.known("fill table " + table, failure);
    if (known.isPresent()) {
      return known.get();
    }
    for (Throwable t = failure; t != null; t = t.getCause()) {
      Optional<String> file = file(t);
      if (file.isPresent()) {
        return broken(file.get(), Causes.root(t));
      }
    }
    Throwable cause = Causes.root(failure);
    return Causes.find(failure, AfpException.class).isEmpty() && isOfReading(cause)
        ? broken
            .get()
            .map(file -> broken(file, cause))
            .orElseGet(() -> LakeErrors.translate("fill table " + table, failure))
        : LakeErrors.translate("fill table " + table, failure);
  }

  /** Whether it was thrown while Spark went from row to row of a file. */
  private static boolean isOfReading(Throwable failure) {
    return Arrays.stream(failure.getStackTrace())
        .anyMatch(frame -> frame.getClassName().startsWith(READER_OF_SPARK));
  }

  /**
   * The failure of a read, as Spark would tell it.
   *
   * @param uri of the file
   */
  static IOException whileReading(String uri, IOException cause) {
    return new IOException("Stopped while reading file " + uri, cause);
  }

  private static Optional<String> file(Throwable failure) {
    Matcher matcher = READING.matcher(String.valueOf(failure.getMessage()));
    return matcher.find() ? Optional.of(decoded(matcher.group(1))) : Optional.empty();
  }

  /** Spark names files by their URI. */
  private static String decoded(String uri) {
    try {
      return new Path(URI.create(uri)).toString();
    } catch (IllegalArgumentException e) {
      return uri;
    }
  }

  /** A file that can't be read to its end. */
  static AfpException broken(String file, Throwable cause) {
    return LakeErrors.known("read file " + file, cause).orElseGet(() -> unreadable(file, cause));
  }

  private static AfpException unreadable(String file, Throwable cause) {
    return new AfpException(
        ErrorCode.INPUT_UNREADABLE,
        "Cannot read file %s: it is broken (%s)".formatted(file, said(cause)),
        "Get the file again; nothing of the run is visible.",
        cause);
  }

  private static String said(Throwable cause) {
    boolean isPlain = cause.getClass().equals(IOException.class) && cause.getMessage() != null;
    return isPlain ? Causes.firstLine(cause) : cause.toString().lines().findFirst().orElse("");
  }
}
