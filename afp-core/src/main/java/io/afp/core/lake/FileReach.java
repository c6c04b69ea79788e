package io.afp.core.lake;

import io.afp.core.catalog.Alive;
import io.afp.core.catalog.Pointer;
import io.afp.core.error.AfpException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which files a pointer needs; with {@link FileSweep} the only code of AFP that deletes files of
 * the lake.
 *
 * <p>A file is deleted when a discarded pointer reaches it, no other pointer does, and it lies
 * below the location of its table: files that were added from elsewhere are not AFP's. A folder is
 * never deleted.
 */
public final class FileReach {

  private static final Logger log = LoggerFactory.getLogger(FileReach.class);

  private final FileIO io;

  public FileReach(FileIO io) {
    this.io = io;
  }

  /**
   * Opens the metadata of pointers that are about to be published.
   *
   * @throws NotFoundException if a file is gone
   * @throws AfpException if a table has a property by which commits delete metadata
   */
  public void open(Collection<Pointer> pointers) {
    pointers.forEach(this::open);
  }

  /**
   * The same for a branch on which tables may have been created.
   *
   * @throws AfpException LOCATION_REFUSED if one lies in a folder that is not its own
   */
  public void open(Collection<Pointer> pointers, OwnFolders folders) {
    pointers.forEach(pointer -> folders.require(pointer, open(pointer).home()));
  }

  private Metadata open(Pointer pointer) {
    Metadata metadata = Metadata.read(io, pointer.metadataLocation());
    metadata
        .table()
        .ifPresent(
            table ->
                LakeTables.requireMetadataKept(
                    pointer.namespace() + "." + pointer.name(), table.properties()));
    return metadata;
  }

  /**
   * Deletes the files that only discarded pointers reach.
   *
   * @param discarded the pointers that a discarded branch had changed
   * @param alive all pointers that must stay readable
   * @return the number of files that were deleted
   */
  public int delete(List<Pointer> discarded, Alive alive) {
    int deleted = 0;
    for (Pointer pointer : discarded) {
      deleted += delete(pointer, alive);
    }
    return deleted;
  }

  private int delete(Pointer discarded, Alive alive) {
    Metadata metadata;
    try {
      metadata = Metadata.read(io, discarded.metadataLocation());
    } catch (NotFoundException e) {
      log.info("{} is gone already", discarded.metadataLocation());
      return 0;
    }
    Map<String, String> files = new ReachedFiles(io).add(metadata).all();
    files.keySet().removeIf(file -> !file.startsWith(metadata.home()));
    files.keySet().removeAll(needed(metadata.home(), alive).all().keySet());
    CatalogUtil.deleteFiles(io, files.values(), "unreachable", true);
    return files.size();
  }

  private ReachedFiles needed(String home, Alive alive) {
    ReachedFiles needed = new ReachedFiles(io);
    below(home, alive.histories()).forEach(l -> needed.add(Metadata.read(io, l)));
    below(home, alive.states()).forEach(l -> needed.addState(Metadata.read(io, l)));
    return needed;
  }

  private static Set<String> below(String home, List<Pointer> pointers) {
    return pointers.stream()
        .map(Pointer::metadataLocation)
        .filter(location -> ReachedFiles.normal(location).startsWith(home))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
