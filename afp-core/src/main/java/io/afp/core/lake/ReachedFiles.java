package io.afp.core.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;

/**
 * The files that one or several states of a table need. What states share is read once: a manifest,
 * and a list of manifests, never change.
 */
final class ReachedFiles {

  private final FileIO io;
  private final Map<String, String> files = new TreeMap<>();

  ReachedFiles(FileIO io) {
    this.io = io;
  }

  /** The addresses by their {@link #normal} form. */
  Map<String, String> all() {
    return files;
  }

  /**
   * One spelling for the addresses of one file: Hadoop writes {@code file:/x} where others write
   * {@code file:///x}, and S3 has three schemes.
   */
  static String normal(String address) {
    return address.replaceFirst("^file:/+", "file:/").replaceFirst("^s3[an]://", "s3://");
  }

  private boolean add(String address) {
    return files.putIfAbsent(normal(address), address) == null;
  }

  /** Adds every file that the metadata needs, itself and its history included. */
  ReachedFiles add(Metadata metadata) {
    return add(metadata, snapshot -> true);
  }

  /** Adds what the metadata needs to be read as of its own time. */
  ReachedFiles addState(Metadata metadata) {
    long current = metadata.table().map(Metadata::currentSnapshot).orElse(-1L);
    return add(metadata, snapshot -> snapshot.snapshotId() == current);
  }

  /** Adds the metadata and these of its snapshots. */
  ReachedFiles add(Metadata metadata, Predicate<Snapshot> kept) {
    add(metadata.file());
    metadata.table().ifPresent(table -> add(table, kept));
    return this;
  }

  private void add(TableMetadata metadata, Predicate<Snapshot> kept) {
    metadata.previousFiles().forEach(f -> add(f.file()));
    metadata.statisticsFiles().forEach(f -> add(f.path()));
    metadata.partitionStatisticsFiles().forEach(f -> add(f.path()));
    for (Snapshot snapshot : metadata.snapshots()) {
      if (kept.test(snapshot) && add(snapshot.manifestListLocation())) {
        add(metadata, snapshot);
      }
    }
  }

  /** An old snapshot may have been cleaned away; the current one must be there. */
  private void add(TableMetadata metadata, Snapshot snapshot) {
    try {
      snapshot.allManifests(io).forEach(m -> add(metadata, m));
    } catch (NotFoundException e) {
      if (snapshot.snapshotId() == Metadata.currentSnapshot(metadata)) {
        throw e;
      }
    }
  }

  private void add(TableMetadata metadata, ManifestFile manifest) {
    if (!add(manifest.path())) {
      return;
    }
    try (ManifestReader<? extends ContentFile<?>> reader = open(metadata, manifest)) {
      reader.forEach(file -> add(file.location()));
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
