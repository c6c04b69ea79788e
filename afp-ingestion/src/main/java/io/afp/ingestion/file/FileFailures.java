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
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/** Tells a broken input file from everything else that can fail while it is read. */
final class FileFailures {

  private static final Pattern READING =
      Pattern.compile("while reading file\\s+(\\S+?)\\.?(\\s|$)");

  private static final Set<ErrorCode> OF_ANY_WRITE =
      Set.of(
          ErrorCode.WAREHOUSE_UNWRITABLE,
          ErrorCode.MODEL_FAILED,
          ErrorCode.INTERNAL,
          ErrorCode.STORE_DENIED,
          ErrorCode.STORE_MISSING,
          ErrorCode.STORE_UNREACHABLE);

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
    String action = "fill table " + table;
    Throwable raw = raw(failure);
    return Causes.find(raw, AfpException.class)
        .or(() -> ofNamedFile(raw))
        .or(() -> LakeErrors.known(action, raw))
        .or(() -> ofReading(Causes.root(raw), broken))
        .orElseGet(() -> LakeErrors.translate(action, failure));
  }

  /** The failure of a look at the fields of files. */
  static AfpException ofLook(Exception failure) {
    return ofNamedFile(failure).orElseGet(() -> LakeErrors.translate("look into files", failure));
  }

  /** What the write says of a failure that it does not know is not what it means for a file. */
  private static Throwable raw(Exception failure) {
    boolean said =
        failure instanceof AfpException told
            && told.getCause() != null
            && OF_ANY_WRITE.contains(told.code());
    return said ? failure.getCause() : failure;
  }

  private static Optional<AfpException> ofNamedFile(Throwable failure) {
    return Causes.of(failure)
        .flatMap(cause -> file(cause).map(file -> broken(file, cause)).stream())
        .findFirst();
  }

  private static Optional<AfpException> ofReading(
      Throwable cause, Supplier<Optional<String>> broken) {
    return isOfReading(cause) ? broken.get().map(file -> broken(file, cause)) : Optional.empty();
  }

  /** Whether it was thrown while Spark went from row to row of a file. */
  private static boolean isOfReading(Throwable failure) {
    return Arrays.stream(failure.getStackTrace())
        .anyMatch(frame -> frame.getClassName().startsWith(READER_OF_SPARK));
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
    return LakeErrors.known("read file " + file, cause)
        .orElseGet(() -> unreadable(file, Causes.root(cause)));
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
