package io.afp.ingestion.infer;

import io.afp.core.job.Spread;
import io.afp.ingestion.file.UndeclaredFiles;
import java.util.List;
import java.util.OptionalLong;

/**
 * Which rows are looked at.
 *
 * @param files the addresses of the files that are read
 * @param perFile how many rows of each, from its beginning; all of them if empty
 * @param ofFiles how many files there are
 */
record Sample(List<String> files, OptionalLong perFile, int ofFiles) {

  private static final long STANDARD_ROWS = 500_000;
  private static final int MOST_FILES = 40;

  /** All rows where that is little to read, else some of each of some files. */
  static Sample of(UndeclaredFiles files, OptionalLong rows) {
    List<String> all = files.addresses();
    if (rows.isEmpty() && files.isSmall()) {
      return new Sample(all, OptionalLong.empty(), all.size());
    }
    List<String> some = Spread.of(all, MOST_FILES);
    long most = rows.orElse(STANDARD_ROWS);
    long each = Math.max(1, (most + some.size() - 1) / some.size());
    return new Sample(some, OptionalLong.of(each), all.size());
  }

  boolean isAll() {
    return perFile.isEmpty();
  }
}
