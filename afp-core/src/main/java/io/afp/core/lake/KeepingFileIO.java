package io.afp.core.lake;

import org.apache.iceberg.io.ResolvingFileIO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * File access that deletes nothing.
 *
 * <p>Files belong to several branches and releases, and Iceberg knows only one of them: expiring
 * snapshots or purging a table on a branch would destroy main. AFP deletes files itself, by {@link
 * FileReach}.
 */
public class KeepingFileIO extends ResolvingFileIO {

  private static final long serialVersionUID = 1L;
  private static final Logger log = LoggerFactory.getLogger(KeepingFileIO.class);

  @Override
  public void deleteFile(String location) {
    log.debug("Kept {}", location);
  }

  @Override
  public void deleteFiles(Iterable<String> locations) {
    locations.forEach(this::deleteFile);
  }

  @Override
  public void deletePrefix(String prefix) {
    log.debug("Kept all below {}", prefix);
  }
}
