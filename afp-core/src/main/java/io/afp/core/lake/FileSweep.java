package io.afp.core.lake;

import io.afp.core.catalog.Alive;
import io.afp.core.catalog.Pointer;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.io.FileNotFoundException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.io.BulkDeletionFailureException;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.ResolvingFileIO;

/**
 * Finds the files in the folders of AFP's tables that nothing needs any more: what discarded
 * branches, expired releases and failed writes have left.
 *
 * <p>What is needed is asked of the pointers of <em>all</em> tables, because a table may have taken
 * in files of another by {@code add_files}. A file that is younger than the limit is spared: it may
 * belong to a write that has not committed yet.
 */
public final class FileSweep {

  private final ResolvingFileIO io;

  public FileSweep(ResolvingFileIO io) {
    this.io = io;
  }

  /** A file, and its size in bytes. */
  public record Garbage(String address, long bytes) {}

  /**
   * The files that may go.
   *
   * @param removed snapshots of tables of main, by the address of their metadata, that are about to
   *     be taken out of them
   * @param locations metadata files, also of states that are gone; the folders of their tables are
   *     searched
   */
  public List<Garbage> find(
      Alive alive,
      Map<String, Set<Long>> removed,
      Collection<String> locations,
      Instant olderThan) {
    Set<String> needed = needed(alive, removed);
    List<Garbage> found = new ArrayList<>();
    for (String home : homes(locations)) {
      List<FileInfo> files = list(home);
      requireShown(home, files, alive);
      for (FileInfo file : files) {
        boolean old = file.createdAtMillis() < olderThan.toEpochMilli();
        if (old && !needed.contains(ReachedFiles.normal(file.location()))) {
          found.add(new Garbage(file.location(), file.size()));
        }
      }
    }
    return found;
  }

  private List<FileInfo> list(String home) {
    List<FileInfo> files = new ArrayList<>();
    try {
      io.listPrefix(home).forEach(files::add);
    } catch (UncheckedIOException e) {
      if (!(e.getCause() instanceof FileNotFoundException)) {
        throw e;
      }
    }
    return files;
  }

  /**
   * A file system may list files under other addresses than those in the catalog, such as with the
   * name of its host. Then every file would look unneeded; so the listing must show what is known
   * to be there.
   */
  private static void requireShown(String home, List<FileInfo> files, Alive alive) {
    Set<String> listed =
        files.stream()
            .map(file -> ReachedFiles.normal(file.location()))
            .collect(Collectors.toSet());
    Stream.concat(alive.histories().stream(), alive.states().stream())
        .map(pointer -> ReachedFiles.normal(pointer.metadataLocation()))
        .filter(needed -> needed.startsWith(ReachedFiles.normal(home)))
        .filter(needed -> !listed.contains(needed))
        .findFirst()
        .ifPresent(
            hidden -> {
              throw new AfpException(
                  ErrorCode.METADATA_UNREADABLE,
                  "Cannot clean: the listing of a folder does not show a file that is needed (folder=%s, file=%s)"
                      .formatted(home, hidden),
                  "Write lake.warehouse as the file system lists it, with its host and without // or ..; no file was deleted.");
            });
  }

  private Set<String> needed(Alive alive, Map<String, Set<Long>> removed) {
    ReachedFiles needed = new ReachedFiles(io);
    for (String location : distinct(alive.main())) {
      Set<Long> without = removed.getOrDefault(location, Set.of());
      needed.add(Metadata.read(io, location), s -> !without.contains(s.snapshotId()));
    }
    for (String location : distinct(alive.branches())) {
      needed.add(Metadata.read(io, location));
    }
    for (String location : distinct(alive.states())) {
      needed.addState(Metadata.read(io, location));
    }
    return needed.all().keySet();
  }

  private static Set<String> distinct(List<Pointer> pointers) {
    Set<String> locations = new TreeSet<>();
    pointers.forEach(p -> locations.add(p.metadataLocation()));
    return locations;
  }

  /** By the addresses alone, because the metadata of a state that is gone can't be read. */
  private static Set<String> homes(Collection<String> locations) {
    Set<String> homes = new TreeSet<>();
    for (String location : locations) {
      int metadata = location.lastIndexOf("/metadata/");
      if (metadata > 0) {
        homes.add(location.substring(0, metadata + 1));
      }
    }
    return homes;
  }

  /**
   * Deletes them; one that is gone already is no failure.
   *
   * @return how many could not be deleted
   */
  public int delete(List<Garbage> files) {
    try {
      io.deleteFiles(files.stream().map(Garbage::address).toList());
      return 0;
    } catch (BulkDeletionFailureException e) {
      return e.numberFailedObjects();
    }
  }
}
