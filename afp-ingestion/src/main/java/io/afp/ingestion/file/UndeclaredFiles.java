package io.afp.ingestion.file;

import static org.apache.spark.sql.functions.col;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.lake.RawRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** CSV files that no table declares yet: how they are written, and their rows. */
public final class UndeclaredFiles {

  private final List<Found> found;
  private final CsvDialect dialect;
  private final Map<String, List<String>> names = new LinkedHashMap<>();
  private final Set<String> fields = new LinkedHashSet<>();
  private final Set<String> partial = new LinkedHashSet<>();

  /**
   * A file.
   *
   * @param isPacked whether it holds more text than it has bytes
   */
  public record Found(String address, long bytes, boolean isPacked) {}

  private UndeclaredFiles(List<Found> found, CsvDialect dialect) {
    this.found = List.copyOf(found);
    this.dialect = dialect;
  }

  /**
   * The files of a pattern. How they are written is found out from the first one; the names of
   * their fields from all.
   *
   * @throws AfpException if there is none, or one of them is broken
   */
  public static UndeclaredFiles find(String pattern, Configuration hadoop) {
    CompressionCodecFactory codecs = new CompressionCodecFactory(hadoop);
    List<Found> found = new ArrayList<>();
    for (FileStatus status : listed(pattern, hadoop)) {
      boolean packed = codecs.getCodec(status.getPath()) != null;
      found.add(new Found(status.getPath().toString(), status.getLen(), packed));
    }
    CsvDialect dialect = CsvDialect.of(hadoop, found.get(0).address());
    UndeclaredFiles files = new UndeclaredFiles(found, dialect);
    files.name(hadoop);
    return files;
  }

  private static List<FileStatus> listed(String pattern, Configuration hadoop) {
    try {
      List<FileStatus> found = new FileListing(hadoop).matching(pattern);
      if (found.isEmpty()) {
        throw new AfpException(
            ErrorCode.NO_INPUT,
            "Cannot look at files: there is none (files=%s)".formatted(pattern),
            "Put a file there, or correct the pattern.");
      }
      return found;
    } catch (IOException e) {
      throw new AfpException(
          ErrorCode.INPUT_UNREADABLE,
          "Cannot look at files: %s (files=%s)".formatted(e.getMessage(), pattern),
          "Check that the files are there and may be read.",
          e);
    }
  }

  private void name(Configuration hadoop) {
    for (Found file : found) {
      List<String> ofFile =
          dialect.header() ? dialect.names(hadoop, file.address()) : dialect.numbered();
      names.put(file.address(), ofFile);
      fields.addAll(ofFile);
    }
    partial.addAll(fields);
    partial.removeIf(name -> names.values().stream().allMatch(all -> all.contains(name)));
    fields.removeAll(partial);
  }

  /** The files, in the order of their paths. */
  public List<Found> found() {
    return found;
  }

  /** Where they are. */
  public List<String> addresses() {
    return found.stream().map(Found::address).toList();
  }

  /** The fields that all files have, in lower case and in order. */
  public List<String> fields() {
    return List.copyOf(fields);
  }

  /** The fields that some of the files lack. */
  public List<String> partial() {
    return List.copyOf(partial);
  }

  /** Whether the first line of each file names the fields. */
  public boolean header() {
    return dialect.header();
  }

  /** The character between fields. */
  public String delimiter() {
    return dialect.delimiter();
  }

  /**
   * The rows of some of the files, with the fields that all files have.
   *
   * @param perFile how many of each, from its beginning; all if empty
   */
  public RawRows read(SparkSession session, List<String> addresses, OptionalLong perFile) {
    if (perFile.isPresent()) {
      int most = (int) Math.min(perFile.getAsLong(), Integer.MAX_VALUE);
      Stream<Dataset<Row>> parts =
          addresses.stream().map(a -> rows(session, names.get(a), List.of(a)).limit(most));
      return raw(parts.reduce(Dataset::union).orElseThrow().localCheckpoint());
    }
    Map<List<String>, List<String>> byNames = new LinkedHashMap<>();
    addresses.forEach(
        address ->
            byNames.computeIfAbsent(names.get(address), n -> new ArrayList<>()).add(address));
    return raw(
        byNames.entrySet().stream()
            .map(e -> rows(session, e.getKey(), e.getValue()))
            .reduce(Dataset::union)
            .orElseThrow());
  }

  private static RawRows raw(Dataset<Row> rows) {
    return new RawRows(rows, Optional.empty());
  }

  private Dataset<Row> rows(SparkSession session, List<String> ofFiles, List<String> addresses) {
    StructType schema = new StructType();
    for (String name : ofFiles) {
      schema = schema.add(name, DataTypes.StringType);
    }
    List<Column> selected = new ArrayList<>();
    fields.forEach(name -> selected.add(col("`" + name + "`")));
    selected.add(col(RawRows.MALFORMED));
    selected.add(col("_metadata.file_path").as(RawRows.FILE));
    return session
        .read()
        .schema(schema.add(RawRows.MALFORMED, DataTypes.StringType))
        .option("header", header())
        .option("delimiter", delimiter())
        .option("escape", "\"")
        .option("multiLine", true)
        .option("mode", "PERMISSIVE")
        .option("columnNameOfCorruptRecord", RawRows.MALFORMED)
        .csv(addresses.stream().map(SourceFiles::escape).toArray(String[]::new))
        .select(selected.toArray(Column[]::new));
  }
}
