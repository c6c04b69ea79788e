package io.afp.ingestion.file;

import io.afp.core.definition.CsvDef;
import io.afp.core.definition.FieldName;
import io.afp.core.definition.FileFormat;
import io.afp.core.definition.FileSourceDef;
import io.afp.core.definition.OnChange;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.lake.RawRows;
import io.afp.ingestion.csv.CsvFormat;
import io.afp.ingestion.csv.CsvText;
import io.afp.ingestion.csv.FoundFile;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.SparkSession;

/** Files that no table declares yet: how they are written, and their rows. */
public final class UndeclaredFiles {

  private static final long SMALL = 256L << 20;

  /** A byte of an archive stands for some of text. */
  private static final long UNPACKED = 5;

  private final List<Found> found;
  private final FileSourceDef definition;
  private final List<String> numbered;
  private final List<Layout> layouts;
  private final Map<String, String> given = new HashMap<>();

  /**
   * A file.
   *
   * @param isPacked whether it holds more text than it has bytes
   */
  private record Found(String address, long bytes, boolean isPacked) {}

  private UndeclaredFiles(
      List<Found> found, FileSourceDef definition, List<String> numbered, List<Layout> layouts) {
    this.found = found;
    this.definition = definition;
    this.numbered = numbered;
    this.layouts = layouts;
  }

  /**
   * The files of a pattern. How they are written is found out from the first one; the others are
   * not opened.
   *
   * @param format that of the files; by their names if empty
   * @throws io.afp.core.error.AfpException if there is none, or the first one is broken
   */
  public static UndeclaredFiles find(
      String pattern, Optional<FileFormat> format, SparkSession session) {
    Configuration hadoop = session.sparkContext().hadoopConfiguration();
    List<Found> found =
        listed(pattern, hadoop).stream()
            .map(
                f -> new Found(f.getPath().toString(), f.getLen(), isPacked(f.getPath().getName())))
            .toList();
    String first = found.get(0).address();
    FileFormat known = format.orElseGet(() -> formatOf(first));
    return known == FileFormat.CSV
        ? csv(found, CsvDialect.of(hadoop, first))
        : new UndeclaredFiles(found, FileSourceDef.of(pattern, known), List.of(), List.of());
  }

  private static List<FileStatus> listed(String pattern, Configuration hadoop) {
    List<FileStatus> found = matching(pattern, hadoop);
    if (found.isEmpty()) {
      throw new AfpException(
          ErrorCode.NO_INPUT,
          "Cannot look at files: there is none (files=%s)".formatted(pattern),
          "Put a file there, or correct the pattern.");
    }
    return found;
  }

  private static List<FileStatus> matching(String pattern, Configuration hadoop) {
    try {
      return new FileListing(hadoop).matching(pattern);
    } catch (IOException e) {
      throw new AfpException(
          ErrorCode.INPUT_UNREADABLE,
          "Cannot look at files: %s (files=%s)".formatted(e.getMessage(), pattern),
          "Check that the files are there and may be read.",
          e);
    }
  }

  /** The addresses of the files that another pattern has, in the order of their paths. */
  public static List<String> addresses(String pattern, SparkSession session) {
    return matching(pattern, session.sparkContext().hadoopConfiguration()).stream()
        .map(file -> file.getPath().toString())
        .toList();
  }

  /** A path as a pattern that only it has: it may be called what a glob would take for one. */
  public static String literal(String path) {
    return SourceFiles.escape(path);
  }

  private static UndeclaredFiles csv(List<Found> found, CsvDialect dialect) {
    CsvDef csv = new CsvDef(dialect.header(), dialect.delimiter(), "\"", "", "", 0);
    FileSourceDef definition =
        new FileSourceDef(
            "",
            FileFormat.CSV,
            csv,
            Charset.forName(dialect.encoding()),
            List.of(),
            OnChange.RELOAD);
    List<String> numbered = dialect.header() ? List.of() : dialect.numbered();
    return new UndeclaredFiles(found, definition, numbered, List.of());
  }

  private static boolean isPacked(String name) {
    return !bare(name).equals(name.toLowerCase(Locale.ROOT));
  }

  private static String bare(String name) {
    return name.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|gzip|bz2|bzip2|zst|zstd)$", "");
  }

  private static FileFormat formatOf(String address) {
    String name = bare(address);
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "json" -> FileFormat.JSON;
      case "jsonl", "ndjson" -> FileFormat.JSONL;
      case "parquet" -> FileFormat.PARQUET;
      case "avro" -> FileFormat.AVRO;
      case "orc" -> FileFormat.ORC;
      default -> FileFormat.CSV;
    };
  }

  /**
   * Some of the files, with the names of their fields.
   *
   * @throws io.afp.core.error.AfpException if one of them is broken
   */
  public UndeclaredFiles opened(SparkSession session, List<String> addresses) {
    Set<String> some = Set.copyOf(addresses);
    UndeclaredFiles opened =
        new UndeclaredFiles(
            found.stream().filter(file -> some.contains(file.address())).toList(),
            definition,
            numbered,
            new ArrayList<>());
    FileSource source = opened.source();
    opened.layouts.addAll(
        opened.isSmall() ? source.layouts(session) : source.firstLayouts(session));
    opened.nameAsGiven(session.sparkContext().hadoopConfiguration());
    return opened;
  }

  /** Keys of JSON are known only as they are compared. */
  private void nameAsGiven(Configuration hadoop) {
    CsvFormat.of(definition)
        .filter(format -> definition.format() == FileFormat.CSV && format.header())
        .ifPresentOrElse(
            format -> firstRecord(hadoop, format).forEach(this::nameAsGiven),
            () ->
                layouts.stream()
                    .flatMap(layout -> layout.fields().stream())
                    .forEach(field -> nameAsGiven(field.given().name())));
  }

  private void nameAsGiven(String name) {
    given.putIfAbsent(FieldName.plain(name), name);
  }

  private List<String> firstRecord(Configuration hadoop, CsvFormat format) {
    String first = found.get(0).address();
    FoundFile file = new FoundFile(matching(literal(first), hadoop).get(0));
    try {
      return new CsvText(hadoop, format).firstRecord(file);
    } catch (IOException e) {
      throw FileFailures.broken(first, e);
    }
  }

  /** The name of a field as an opened file has it, as far as that is known. */
  public String given(String field) {
    return given.getOrDefault(field, field).strip();
  }

  /** Whether all of them are soon read. */
  public boolean isSmall() {
    return found.stream().mapToLong(f -> f.isPacked() ? UNPACKED * f.bytes() : f.bytes()).sum()
        <= SMALL;
  }

  /** Where they are, in the order of their paths. */
  public List<String> addresses() {
    return found.stream().map(Found::address).toList();
  }

  /** The fields that all opened files have, in lower case and in order. */
  public List<String> fields() {
    List<String> partial = partial();
    return names().filter(name -> !partial.contains(name)).toList();
  }

  /** The fields that some of the opened files lack. */
  public List<String> partial() {
    List<Set<String>> all = layouts.stream().map(l -> Set.copyOf(l.names())).toList();
    return names().filter(name -> !all.stream().allMatch(has -> has.contains(name))).toList();
  }

  private Stream<String> names() {
    return layouts.stream().flatMap(layout -> layout.names().stream()).distinct();
  }

  /** Whether all values are texts; else the files know types. */
  public boolean haveTexts() {
    return definition.format().isText();
  }

  /**
   * How the files are to be declared.
   *
   * @param files where they are, in the words of the definition
   */
  public FileSourceDef declared(String files, List<String> nullValues) {
    return new FileSourceDef(
        files,
        definition.format(),
        definition.csv(),
        definition.encoding(),
        nullValues,
        definition.onChange());
  }

  /**
   * The rows of the opened files.
   *
   * @param perFile how many of each, from its beginning; all if empty
   */
  public RawRows read(SparkSession session, OptionalLong perFile) {
    return perFile.isEmpty()
        ? source().read(session, layouts)
        : FirstRows.of(session, perFile.getAsLong(), apart -> source().read(apart, layouts));
  }

  private FileSource source() {
    return new FileSource(definition, addresses(), numbered);
  }
}
