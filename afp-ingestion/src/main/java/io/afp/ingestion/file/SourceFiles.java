package io.afp.ingestion.file;

import io.afp.core.definition.FilePattern;
import io.afp.core.definition.FileSourceDef;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.Unit;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.spi.Inputs.FileInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;

/** Finds the files of a source, in any file system that Hadoop knows, and takes their checksums. */
final class SourceFiles {

  private final PipelineDef pipeline;
  private final TableDef table;
  private final Configuration hadoop;

  SourceFiles(PipelineDef pipeline, TableDef table, Configuration hadoop) {
    this.pipeline = pipeline;
    this.table = table;
    this.hadoop = hadoop;
  }

  /**
   * The addresses of the files of a pattern, in order.
   *
   * @throws AfpException NO_INPUT if there are none
   */
  static List<String> addresses(String pattern) {
    try {
      List<String> found =
          glob(pattern, SparkHadoopUtil.get().newConfiguration(new SparkConf())).stream()
              .map(status -> status.getPath().toString())
              .toList();
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

  private static List<FileStatus> glob(String pattern, Configuration hadoop) throws IOException {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(pattern);
    FileStatus[] found = path.getFileSystem(hadoop).globStatus(path);
    return found == null
        ? List.of()
        : Arrays.stream(found)
            .filter(FileStatus::isFile)
            .filter(file -> !isHidden(file.getPath().getName()))
            .sorted(Comparator.comparing(FileStatus::getPath))
            .toList();
  }

  /** Spark reads no rows from such files: marks of other programs, and copies under way. */
  private static boolean isHidden(String name) {
    return name.startsWith("_") || name.startsWith(".") || name.endsWith("._COPYING_");
  }

  /**
   * The files of a unit, in the order of their paths.
   *
   * @throws AfpException NO_INPUT if there are none
   */
  List<FileInput> of(Unit unit) {
    String pattern = pattern(unit);
    try {
      List<FileInput> inputs = new ArrayList<>();
      for (FileStatus status : glob(absolute(pattern), hadoop)) {
        inputs.add(input(status));
      }
      if (inputs.isEmpty()) {
        throw missing(pattern, unit);
      }
      return inputs;
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

  /** A file or folder may be called what a glob would take for a pattern. */
  static String escape(String path) {
    return path.replaceAll("([\\[\\]{}*?\\\\])", "\\\\$1");
  }

  private FileInput input(FileStatus status) throws IOException {
    String address = status.getPath().toString();
    return new FileInput(shortPath(status), address, checksum(status));
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

  private String checksum(FileStatus status) throws IOException {
    try (InputStream in =
        new DigestInputStream(
            status.getPath().getFileSystem(hadoop).open(status.getPath()),
            MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(((DigestInputStream) in).getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private AfpException missing(String pattern, Unit unit) {
    return AfpException.at(
        new Location(table.file(), 0, "from.files"),
        ErrorCode.NO_INPUT,
        "Cannot read source %s: there is no file (files=%s, interval=%s)"
            .formatted(table.name(), pattern, unit.label()),
        "Put the file there, or correct from.files; relative paths start at " + folder() + ".");
  }

  private AfpException unreadable(String pattern, IOException cause) {
    return new AfpException(
        ErrorCode.INPUT_UNREADABLE,
        "Cannot read source %s: %s (files=%s)".formatted(table.name(), cause.getMessage(), pattern),
        "Check that the files are there and may be read.",
        cause);
  }
}
