package io.afp.ingestion.file;

import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.ledger.FileStamp;
import io.afp.core.spi.Inputs.FileInput;
import io.afp.core.spi.StepContext;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FileStatus;

/** Looks after a read whether the files are still those that the plan saw. */
final class ReadFiles {

  private final TableName table;
  private final List<FileInput> files;
  private final FileListing listing;

  private ReadFiles(TableName table, List<FileInput> files, FileListing listing) {
    this.table = table;
    this.files = files;
    this.listing = listing;
  }

  /** The files of a read that begins now. */
  static ReadFiles of(StepContext step) {
    return new ReadFiles(
        step.table().name(),
        step.units().stream().flatMap(u -> step.inputs().files().get(u).stream()).toList(),
        new FileListing(step.session().sparkContext().hadoopConfiguration()));
  }

  /**
   * Reads, and then checks that nobody has written the files since the plan.
   *
   * @throws AfpException FILE_REPLACED if somebody has, however the read ended
   */
  <T> T whileUnchanged(Supplier<T> read) {
    T result;
    try {
      result = read.get();
    } catch (AfpException e) {
      throw cause(e);
    }
    requireUnchanged();
    return result;
  }

  /** A file that was replaced may fail in any way. */
  private AfpException cause(AfpException failure) {
    try {
      requireUnchanged();
      return failure;
    } catch (AfpException e) {
      if (e.code() != ErrorCode.FILE_REPLACED) {
        return failure;
      }
      e.addSuppressed(failure);
      return e;
    }
  }

  private void requireUnchanged() {
    List<String> changed = files.stream().flatMap(file -> change(file).stream()).toList();
    if (!changed.isEmpty()) {
      throw new AfpException(
          ErrorCode.FILE_REPLACED,
          "Cannot load files into %s: they changed while they were read (%s)"
              .formatted(table, String.join(", ", changed)),
          "Run again when they are complete; nothing of the run is visible.");
    }
  }

  private Optional<String> change(FileInput file) {
    Optional<FileStatus> now = now(file);
    if (now.filter(status -> isSame(file, status)).isPresent()) {
      return Optional.empty();
    }
    String before = text(file.stamp());
    return Optional.of(
        now.map(SourceFiles::stamp)
            .map(stamp -> "%s: %s, before %s".formatted(file.path(), text(stamp), before))
            .orElseGet(() -> file.path() + ": gone"));
  }

  private static boolean isSame(FileInput file, FileStatus now) {
    return SourceFiles.stamp(now).equals(file.stamp())
        && SourceFiles.etag(now).filter(tag -> !tag.equals(file.checksum())).isEmpty();
  }

  private static String text(FileStamp stamp) {
    return "%d bytes of %s".formatted(stamp.size(), stamp.modified());
  }

  private Optional<FileStatus> now(FileInput file) {
    try {
      return listing.matching(SourceFiles.escape(file.address())).stream().findFirst();
    } catch (IOException e) {
      throw new AfpException(
          ErrorCode.INPUT_UNREADABLE,
          "Cannot read file %s: %s".formatted(file.address(), e.getMessage()),
          "Check that the file is there and may be read.",
          e);
    }
  }
}
