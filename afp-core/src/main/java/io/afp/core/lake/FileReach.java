package io.afp.core.lake;

import io.afp.core.catalog.Pointer;
import io.afp.core.error.AfpException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.hadoop.HadoopConfigurable;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.ResolvingFileIO;
import org.apache.iceberg.view.ViewMetadata;
import org.apache.iceberg.view.ViewMetadataParser;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which files a pointer needs, and the only code of AFP that deletes files of the lake.
 *
 * <p>A file is deleted when a discarded pointer reaches it, no other pointer does, and it lies
 * below the location of its table: files that were added from elsewhere are not AFP's. A folder is
 * never deleted.
 */
public final class FileReach {

  private static final Logger log = LoggerFactory.getLogger(FileReach.class);

  private final FileIO io;

  public FileReach(Configuration hadoop) {
    ResolvingFileIO resolving = new ResolvingFileIO();
    ((HadoopConfigurable) resolving).setConf(hadoop);
    resolving.initialize(Map.of());
    this.io = resolving;
  }

  /** The metadata of a table, or of a view, which has no files but its metadata. */
  private record Metadata(String file, String home, Optional<TableMetadata> table) {}

  private Metadata read(String location) {
    try {
      TableMetadata table = TableMetadataParser.read(io, location);
      return new Metadata(location, home(table.location()), Optional.of(table));
    } catch (IllegalArgumentException noTable) {
      ViewMetadata view = ViewMetadataParser.read(io.newInputFile(location));
      return new Metadata(location, home(view.location()), Optional.empty());
    }
  }

  private static String home(String location) {
    return ReachedFiles.normal(location) + "/";
  }

  /**
   * Opens the metadata of pointers that are about to be published.
   *
   * @throws NotFoundException if a file is gone
   * @throws AfpException if a table has a property by which commits delete metadata
   */
  public void open(Collection<Pointer> pointers) {
    for (Pointer pointer : pointers) {
      read(pointer.metadataLocation())
          .table()
          .ifPresent(
              table ->
                  LakeTables.requireMetadataKept(
                      pointer.namespace() + "." + pointer.name(), table.properties()));
    }
  }

  /**
   * Deletes the files that only discarded pointers reach.
   *
   * @param discarded the pointers that a discarded branch had changed
   * @param alive all pointers that must stay readable
   * @return the number of files that were deleted
   */
  public int delete(List<Pointer> discarded, List<Pointer> alive) {
    int deleted = 0;
    for (Pointer pointer : discarded) {
      deleted += delete(pointer, alive);
    }
    return deleted;
  }

  private int delete(Pointer discarded, List<Pointer> alive) {
    Metadata metadata;
    try {
      metadata = read(discarded.metadataLocation());
    } catch (NotFoundException e) {
      log.info("{} is gone already", discarded.metadataLocation());
      return 0;
    }
    Map<String, String> files = new ReachedFiles(io).add(metadata.file(), metadata.table()).all();
    files.keySet().removeIf(file -> !file.startsWith(metadata.home()));
    files.keySet().removeAll(needed(metadata.home(), alive));
    CatalogUtil.deleteFiles(io, files.values(), "unreachable", true);
    return files.size();
  }

  private Set<String> needed(String home, List<Pointer> alive) {
    ReachedFiles needed = new ReachedFiles(io);
    Set<String> locations = new TreeSet<>();
    alive.stream()
        .map(Pointer::metadataLocation)
        .filter(location -> ReachedFiles.normal(location).startsWith(home))
        .forEach(locations::add);
    locations.stream().map(this::read).forEach(m -> needed.add(m.file(), m.table()));
    return needed.all().keySet();
  }
}
