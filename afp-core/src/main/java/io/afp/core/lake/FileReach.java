package io.afp.core.lake;

import io.afp.core.catalog.Pointer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.hadoop.HadoopConfigurable;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.ResolvingFileIO;
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
    resolving.initialize(java.util.Map.of());
    this.io = resolving;
  }

  /**
   * Opens the metadata of pointers.
   *
   * @throws NotFoundException if a file is gone
   */
  public void open(Collection<Pointer> pointers) {
    pointers.forEach(p -> TableMetadataParser.read(io, p.metadataLocation()));
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
    TableMetadata metadata;
    try {
      metadata = TableMetadataParser.read(io, discarded.metadataLocation());
    } catch (NotFoundException e) {
      log.info("{} is gone already", discarded.metadataLocation());
      return 0;
    }
    String home = metadata.location() + "/";
    Set<String> files = reach(metadata, discarded.metadataLocation());
    files.removeIf(file -> !file.startsWith(home));
    alive.stream()
        .filter(p -> p.metadataLocation().startsWith(home))
        .forEach(
            p ->
                files.removeAll(
                    reach(
                        TableMetadataParser.read(io, p.metadataLocation()), p.metadataLocation())));
    CatalogUtil.deleteFiles(io, files, "unreachable", true);
    return files.size();
  }

  /** Every file that the metadata needs, itself and its history included. */
  private Set<String> reach(TableMetadata metadata, String location) {
    Set<String> files = new TreeSet<>();
    files.add(location);
    metadata.previousFiles().forEach(f -> files.add(f.file()));
    metadata.statisticsFiles().forEach(f -> files.add(f.path()));
    metadata.partitionStatisticsFiles().forEach(f -> files.add(f.path()));
    for (Snapshot snapshot : metadata.snapshots()) {
      files.add(snapshot.manifestListLocation());
      snapshot.allManifests(io).forEach(m -> addManifest(metadata, m, files));
    }
    return files;
  }

  private void addManifest(TableMetadata metadata, ManifestFile manifest, Set<String> files) {
    if (!files.add(manifest.path())) {
      return;
    }
    try (ManifestReader<? extends ContentFile<?>> reader = open(metadata, manifest)) {
      reader.forEach(file -> files.add(file.location()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ManifestReader<? extends ContentFile<?>> open(
      TableMetadata metadata, ManifestFile manifest) {
    return manifest.content() == ManifestContent.DATA
        ? ManifestFiles.read(manifest, io, metadata.specsById())
        : ManifestFiles.readDeleteManifest(manifest, io, metadata.specsById());
  }
}
