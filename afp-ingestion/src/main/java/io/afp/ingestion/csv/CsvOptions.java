package io.afp.ingestion.csv;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afp.core.definition.ColumnType;
import io.afp.core.definition.Rounding;
import io.afp.ingestion.text.TextForm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.catalyst.csv.CSVExprUtils;
import org.apache.spark.sql.catalyst.csv.CSVOptions;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import scala.collection.JavaConverters;

/** The options of a read by name, those of Spark's reader with their defaults. */
record CsvOptions(CaseInsensitiveStringMap given) {

  private static final Set<String> READ =
      Set.of(
          "sep",
          "delimiter",
          "encoding",
          "charset",
          "quote",
          "escape",
          "comment",
          "header",
          "nullvalue",
          "emptyvalue",
          "ignoreleadingwhitespace",
          "ignoretrailingwhitespace",
          "linesep",
          "maxcolumns",
          "maxcharspercolumn",
          "dateformat",
          "timestampformat",
          "timestampntzformat",
          "timezone",
          "mode",
          "columnnameofcorruptrecord",
          "path",
          "paths",
          "rounding",
          "skiplines");

  /** Those that Spark's reader does not have. */
  private static final List<String> OWN = List.of("rounding", "skipLines");

  /** Those that change nothing: of writers, of the types that are found out, of buffers. */
  private static final Set<String> WITHOUT_MEANING =
      Set.of(
          "multiline", // a line end within quotes is part of the value, whatever is asked
          "enforceschema", // columns are found by name
          "preferdate",
          "samplingratio",
          "inputbuffersize",
          "compression",
          "codec",
          "quoteall",
          "escapequotes");

  /** Those that ask for what is done anyway. */
  private static final Map<String, String> AS_IT_IS =
      Map.of(
          "inferschema", "false",
          "columnpruning", "true",
          "unescapedquotehandling", "STOP_AT_DELIMITER",
          "enabledatetimeparsingfallback", "false",
          "nanvalue", "NaN",
          "positiveinf", "Inf",
          "negativeinf", "-Inf",
          "recursivefilelookup", "true");

  /** Those of all of Spark's readers of files. */
  private static final Set<String> OF_FILES =
      Set.of(
          "pathglobfilter",
          "recursivefilelookup",
          "modifiedbefore",
          "modifiedafter",
          "ignorecorruptfiles",
          "ignoremissingfiles",
          "basepath");

  private static final Map<String, About> ABOUT =
      Map.of("_file", About.FILE, "_line", About.LINE, "_offset", About.OFFSET, "_raw", About.RAW);

  CsvOptions {
    Set<String> unknown = new TreeSet<>(given.keySet());
    unknown.removeIf(CsvOptions::isKnown);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot read by afp-csv: neither it nor Spark's csv has such options (options=%s)"
              .formatted(unknown));
    }
  }

  private static boolean isKnown(String name) {
    return READ.contains(name)
        || WITHOUT_MEANING.contains(name)
        || OF_FILES.contains(name)
        || ofSpark().anyMatch(name::equalsIgnoreCase);
  }

  /** All that Spark's reader has. */
  static Stream<String> ofSpark() {
    return JavaConverters.setAsJavaSet(CSVOptions.getAllOptions()).stream();
  }

  /**
   * Why Spark's reader has to read; empty if this one can.
   *
   * @throws IllegalArgumentException if neither can
   */
  Optional<String> onlyForSpark(StructType schema) {
    List<String> reasons =
        Stream.of(options(), characters(), types(schema)).flatMap(all -> all).sorted().toList();
    List<String> own = OWN.stream().filter(given::containsKey).toList();
    if (!reasons.isEmpty() && !own.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot read by afp-csv: Spark's csv has no %s, and only that has %s"
              .formatted(own, reasons));
    }
    return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", reasons));
  }

  private Stream<String> options() {
    return given.entrySet().stream()
        .filter(each -> !READ.contains(each.getKey()) && !WITHOUT_MEANING.contains(each.getKey()))
        .filter(each -> !each.getValue().equalsIgnoreCase(AS_IT_IS.get(each.getKey())))
        .map(each -> each.getKey() + "=" + each.getValue());
  }

  private Stream<String> characters() {
    return Stream.of("quote", "escape", "comment", "lineSep")
        .filter(given::containsKey)
        .filter(name -> !isOfAscii(given.get(name), name.equals("lineSep") ? 2 : 1))
        .map(name -> name + "=" + given.get(name));
  }

  private static boolean isOfAscii(String text, int most) {
    return text.length() <= most && text.chars().allMatch(c -> c < 0x80);
  }

  private Stream<String> types(StructType schema) {
    return Arrays.stream(schema.fields())
        .filter(field -> !SmallField.isOfType(type(field)))
        .filter(field -> ColumnType.parse(type(field)).isEmpty())
        .map(field -> "column %s is a %s".formatted(field.name(), type(field)));
  }

  private static String type(StructField field) {
    return field.dataType().sql().toLowerCase(Locale.ROOT);
  }

  CsvFormat format() {
    TextForm text =
        new TextForm(
            first("encoding", "charset").orElse("UTF-8"),
            Long.parseLong(first("skipLines").orElse("0")),
            first("lineSep").orElse(""));
    return new CsvFormat(
        text,
        given.getBoolean("header", false),
        CSVExprUtils.toDelimiterStr(first("sep", "delimiter").orElse(",")),
        character(first("quote").orElse("\"")),
        character(first("escape").orElse("\\")),
        character(first("comment").orElse("")),
        values());
  }

  private CsvValues values() {
    return new CsvValues(
        given.getBoolean("ignoreLeadingWhiteSpace", false),
        given.getBoolean("ignoreTrailingWhiteSpace", false),
        first("emptyValue")
            .or(() -> Optional.of(""))
            .filter(t -> !t.equals(nullValue()))
            .orElse(null),
        limit("maxColumns"),
        limit("maxCharsPerColumn"));
  }

  /** Spark's own limit of columns is for its buffers; with none given there is none. */
  private long limit(String option) {
    long most = given.getLong(option, -1);
    return most < 0 ? Long.MAX_VALUE : most;
  }

  private Optional<String> first(String... names) {
    return Arrays.stream(names).flatMap(name -> Stream.ofNullable(given.get(name))).findFirst();
  }

  private static int character(String text) {
    return text.isEmpty() || text.equals("\0") ? CsvFormat.NONE : text.charAt(0);
  }

  /** What is read of files with a schema. */
  CsvFiles reading(StructType schema) {
    String corrupt =
        first("columnNameOfCorruptRecord").orElse(SQLConf.get().columnNameOfCorruptRecord());
    List<CsvColumn> columns = new ArrayList<>();
    Map<String, About> about = new LinkedHashMap<>();
    for (StructField field : schema.fields()) {
      if (field.name().equals(corrupt)) {
        about.put(corrupt, About.CORRUPT);
      } else {
        columns.add(column(field));
      }
    }
    return new CsvFiles(format(), columns, about, ABOUT, nullValues(), mode());
  }

  private ReadMode mode() {
    return first("mode")
        .map(mode -> ReadMode.valueOf(mode.toUpperCase(Locale.ROOT)))
        .orElse(ReadMode.PERMISSIVE);
  }

  private Set<String> nullValues() {
    return nullValue().isEmpty() ? Set.of() : Set.of(nullValue());
  }

  private String nullValue() {
    return first("nullValue").orElse("");
  }

  private CsvColumn column(StructField field) {
    String type = type(field);
    String zone = first("timeZone").orElse(SQLConf.get().sessionLocalTimeZone());
    return new CsvColumn(
        field.name(), field.name(), type, pattern(type).orElse(null), zone, rounding(), "");
  }

  private Rounding rounding() {
    return first("rounding")
        .map(word -> Rounding.valueOf(word.toUpperCase(Locale.ROOT)))
        .orElse(Rounding.REJECT);
  }

  private Optional<String> pattern(String type) {
    return switch (type) {
      case "date" -> first("dateFormat");
      case "timestamp" -> first("timestampFormat");
      case "timestamp_ntz" -> first("timestampNTZFormat");
      default -> Optional.empty();
    };
  }

  /** The files of the paths. */
  List<FoundFile> files(Configuration hadoop) {
    List<FoundFile> found = new ArrayList<>();
    paths().forEach(path -> found.addAll(FoundFiles.of(hadoop, path)));
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot read by afp-csv: there is no file (paths=%s)".formatted(paths()));
    }
    return found;
  }

  private List<String> paths() {
    try {
      List<String> paths = new ArrayList<>();
      first("path").ifPresent(paths::add);
      String more = first("paths").orElse("[]");
      paths.addAll(List.of(new ObjectMapper().readValue(more, String[].class)));
      return paths;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Cannot read by afp-csv: paths is no list", e);
    }
  }
}
