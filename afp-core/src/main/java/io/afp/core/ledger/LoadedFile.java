package io.afp.core.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A file whose rows are in a table, as it was when they were read.
 *
 * @param path as {@code afp.loaded_file} has it
 * @param stamp empty where an older ledger did not keep it
 * @param checked when reading its checksum began; empty where nobody read it, or nobody knows
 * @param definition the hash of the one by which it was loaded, where files are done one by one
 */
public record LoadedFile(
    String path,
    String checksum,
    Optional<FileStamp> stamp,
    Optional<Instant> checked,
    Optional<String> definition) {

  /** Times of files may be as coarse as this: two seconds on FAT, one on many others. */
  private static final Duration TICK = Duration.ofSeconds(2);

  /** A file of a unit that is done as a whole. */
  public LoadedFile(
      String path, String checksum, Optional<FileStamp> stamp, Optional<Instant> checked) {
    this(path, checksum, stamp, checked, Optional.empty());
  }

  /**
   * Whether a file that looks like this has the same bytes, so that nobody need read it. A file
   * that was read in the moment in which it was written is not trusted: it may have been written
   * again in the same moment.
   */
  public boolean vouchesFor(FileStamp now) {
    return stamp.filter(now::equals).isPresent()
        && now.modified().isAfter(Instant.EPOCH)
        && checked.filter(now.modified().plus(TICK)::isBefore).isPresent();
  }

  /** Whether a file that looks like this surely has other bytes. */
  public boolean rulesOut(FileStamp now) {
    return stamp.filter(then -> then.size() != now.size()).isPresent();
  }
}
