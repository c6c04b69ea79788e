package io.afp.ingestion.csv;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afp.core.definition.ColumnType;
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
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

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
          "dateformat",
          "timestampformat",
          "timestampntzformat",
          "timezone",
          "mode",
          "columnnameofcorruptrecord",
          "path",
          "paths",
          "skiplines",
          "multiline", // a line end within quotes is part of the value, whatever is asked
          "enforceschema"); // columns are found by name

  /** Those that ask for what is done anyway. */
  private static final Map<String, String> AS_IT_IS =
      Map.of(
          "inferschema", "false",
          "ignoreleadingwhitespace", "false",
          "ignoretrailingwhitespace", "false",
          "columnpruning", "true",
          "unescapedquotehandling", "STOP_AT_DELIMITER");

  private static final Map<String, About> ABOUT =
      Map.of("_file", About.FILE, "_line", About.LINE, "_offset", About.OFFSET, "_raw", About.RAW);

  CsvOptions {
    Set<String> unknown = new TreeSet<>();
    given.forEach(
        (name, value) -> {
          String wanted = AS_IT_IS.get(name);
          boolean fits = wanted == null ? READ.contains(name) : wanted.equalsIgnoreCase(value);
          if (!fits) {
            unknown.add(name + "=" + value);
          }
        });
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot read by afp-csv: it does not know %s; spark.read.format(\"csv\") may"
              .formatted(unknown));
    }
  }

  CsvFormat format() {
    TextForm text =
        new TextForm(
            first("encoding", "charset").orElse("UTF-8"),
            Long.parseLong(first("skipLines").orElse("0")));
    return new CsvFormat(
        text,
        given.getBoolean("header", false),
        CSVExprUtils.toDelimiterStr(first("sep", "delimiter").orElse(",")),
        character("quote", first("quote").orElse("\"")),
        character("escape", first("escape").orElse("\\")),
        character("comment", first("comment").orElse("")));
  }

  private Optional<String> first(String... names) {
    return Arrays.stream(names).flatMap(name -> Stream.ofNullable(given.get(name))).findFirst();
  }

  private static int character(String option, String text) {
    if (text.isEmpty() || text.equals("\0")) {
      return CsvFormat.NONE;
    }
    if (text.length() > 1 || text.charAt(0) > '\u007F') {
      throw new IllegalArgumentException(
          "Cannot read by afp-csv: %s is no single character of ASCII (%s=%s)"
              .formatted(option, option, text));
    }
    return text.charAt(0);
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
    return first("nullValue").filter(text -> !text.isEmpty()).map(Set::of).orElse(Set.of());
  }

  private CsvColumn column(StructField field) {
    String type = field.dataType().sql().toLowerCase(Locale.ROOT);
    if (ColumnType.parse(type).isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot read by afp-csv: column %s has a type that it does not read (type=%s)"
              .formatted(field.name(), type));
    }
    String zone = first("timeZone").orElse(SQLConf.get().sessionLocalTimeZone());
    return new CsvColumn(field.name(), field.name(), type, pattern(type).orElse(null), zone, "");
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
