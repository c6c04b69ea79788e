package io.afp.ingestion.file;

import static io.afp.core.lake.LakeErrors.known;

import io.afp.core.definition.FilePattern;
import io.afp.core.definition.FileSourceDef;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.Unit;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.ledger.FileStamp;
import io.afp.core.spi.Checksum;
import io.afp.core.spi.Inputs.FileInput;
import io.afp.core.spi.Stage.InputRequest;
import io.afp.core.spi.Stage.LoadedBefore;
import io.afp.core.text.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;

/** Finds the files of a source, in any file system that Hadoop knows, and takes their checksums. */
final class SourceFiles {

  private final PipelineDef pipeline;
  private final TableDef table;
  private final LoadedBefore loaded;
  private final Configuration hadoop;
  private final FileListing listing;

  SourceFiles(InputRequest request) {
    this.pipeline = request.pipeline();
    this.table = request.table();
    this.loaded = request.loaded();
    this.hadoop = request.hadoop();
    this.listing = new FileListing(hadoop);
  }

  /**
   * The addresses of the files of a pattern, in order.
   *
   * @throws AfpException NO_INPUT if there are none
   */
  static List<String> addresses(String pattern) {
    try {
      Configuration hadoop = SparkHadoopUtil.get().newConfiguration(new SparkConf());
      List<String> found =
          new FileListing(hadoop)
              .matching(pattern).stream().map(status -> status.getPath().toString()).toList();
      if (found.isEmpty()) {
        throw new AfpException(
            ErrorCode.NO_INPUT,
            "Cannot read files: there is none (files=%s)".formatted(pattern),
            "Put a file there, or correct the pattern.");
      }
      return found;
    } catch (IOException e) {
      throw new AfpException(
          ErrorCode.INPUT_UNREADABLE,
          "Cannot read files: %s (files=%s)".formatted(e.getMessage(), pattern),
          "Check that the files are there and may be read.",
          e);
    }
  }

  /** The files of a unit, in the order of their paths; none where there are none. */
  List<FileInput> of(Unit unit) {
    String pattern = pattern(unit);
    try {
      return listing.matching(absolute(pattern)).stream().map(s -> input(unit, s)).toList();
    } catch (IOException e) {
      throw unreadable(pattern, e);
    }
  }

  private String pattern(Unit unit) {
    String files = source().files();
    return unit.interval()
        .map(i -> new FilePattern(files).at(i.start().atZone(i.calendar().zone())))
        .orElse(files);
  }

  private FileSourceDef source() {
    return table.fileSource().orElseThrow();
  }

  private String absolute(String pattern) {
    boolean absolute = pattern.contains("://") || pattern.startsWith("/");
    return absolute ? pattern : escape(folder().toString()) + "/" + pattern;
  }

  private Path folder() {
    return pipeline.folder().toAbsolutePath().normalize();
  }

  /** Addresses as Spark takes them for patterns. */
  static String[] escaped(List<String> addresses) {
    return addresses.stream().map(SourceFiles::escape).toArray(String[]::new);
  }

  /** A file or folder may be called what a glob would take for a pattern. */
  static String escape(String path) {
    return path.replaceAll("([\\[\\]{}*?\\\\])", "\\\\$1");
  }

  private FileInput input(Unit unit, FileStatus status) {
    String path = shortPath(status);
    return new FileInput(
        path, status.getPath().toString(), stamp(status), checksum(unit, path, status));
  }

  /** What a store says of the bytes of an object; empty for other file systems. */
  static Optional<String> etag(FileStatus status) {
    return status instanceof EtagSource store
        ? Optional.ofNullable(store.getEtag()).map(tag -> "etag:" + tag)
        : Optional.empty();
  }

  static FileStamp stamp(FileStatus status) {
    return new FileStamp(status.getLen(), Instant.ofEpochMilli(status.getModificationTime()));
  }

  /** A store that says what an object holds is believed; so is one whose file looks as it did. */
  private Checksum checksum(Unit unit, String path, FileStatus status) {
    Optional<String> listed = etag(status);
    if (listed.isPresent()) {
      return Checksum.listed(listed.get());
    }
    return loaded
        .file(unit, path)
        .filter(before -> before.vouchesFor(stamp(status)))
        .map(before -> Checksum.known(before.checksum(), before.checked().orElseThrow()))
        .orElseGet(() -> Checksum.read(() -> digest(status.getPath())));
  }

  /**
   * Relative to the pipeline where the file lies below it, so that a moved project is no change.
   */
  private String shortPath(FileStatus status) {
    URI uri = status.getPath().toUri();
    boolean local = uri.getScheme() == null || uri.getScheme().equals("file");
    if (!local) {
      return uri.toString();
    }
    Path file = Path.of(uri.getPath());
    return file.startsWith(folder()) ? folder().relativize(file).toString() : file.toString();
  }

  private String digest(org.apache.hadoop.fs.Path file) {
    try (InputStream bytes = file.getFileSystem(hadoop).open(file);
        DigestInputStream in = new DigestInputStream(bytes, Sha256.digest())) {
      in.transferTo(OutputStream.nullOutputStream());
      return Sha256.hex(in.getMessageDigest());
    } catch (IOException e) {
      throw unreadable(file.toString(), e);
    }
  }

  /** That a unit has no file. */
  AfpException missing(Unit unit) {
    return AfpException.at(
        new Location(table.file(), 0, "from.files"),
        ErrorCode.NO_INPUT,
        "Cannot read source %s: there is no file (files=%s, interval=%s)"
            .formatted(table.name(), pattern(unit), unit.label()),
        "Put the file there, or correct from.files; relative paths start at " + folder() + ".");
  }

  private AfpException unreadable(String pattern, IOException cause) {
    return known("read source " + table.name(), cause).orElseGet(() -> broken(pattern, cause));
  }

  private AfpException broken(String pattern, IOException cause) {
    return new AfpException(
        ErrorCode.INPUT_UNREADABLE,
        "Cannot read source %s: %s (files=%s)".formatted(table.name(), cause.getMessage(), pattern),
        "Check that the files are there and may be read.",
        cause);
  }
}
