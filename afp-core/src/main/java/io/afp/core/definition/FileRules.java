package io.afp.core.definition;

import io.afp.core.error.ErrorCode;
import io.afp.core.yaml.Field;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The keys about files fit their format and each other. */
final class FileRules {

  private static final Set<String> LINE_ENDS = Set.of("\n", "\r");

  private FileRules() {}

  static void check(TableContext context, FileSourceDef source) {
    if (source.format() != FileFormat.CSV) {
      FileShape.OF_CSV.forEach(key -> refuse(context, key, "only csv has it"));
    }
    if (!source.format().isText()) {
      FileShape.OF_TEXT.forEach(key -> refuse(context, key, "it stores no text in an encoding"));
    }
    checkDelimiter(context, source.csv());
    checkCharacters(context, source.csv());
    checkLineSep(context, source.csv());
    if (source.csv().isForSpark()) {
      checkForSpark(context, source.csv());
    }
  }

  private static void refuse(TableContext context, Field<?> key, String why) {
    String format = context.table().fileSource().orElseThrow().format().toString();
    if (context.has("from." + key.name())) {
      report(context, key.name(), "%s (format=%s)".formatted(why, format), "Remove it.");
    }
  }

  private static void checkDelimiter(TableContext context, CsvDef csv) {
    List.of("\n", "\r").stream()
        .filter(csv.delimiter()::contains)
        .findFirst()
        .ifPresent(end -> clash(context, "delimiter", "a line end"));
    if (!csv.quote().isEmpty() && csv.delimiter().contains(csv.quote())) {
      clash(context, "quote", "part of the delimiter");
    }
  }

  private static void checkCharacters(TableContext context, CsvDef csv) {
    Map<String, String> said =
        Map.of("quote", csv.quote(), "escape", csv.escape(), "comment", csv.comment());
    said.forEach(
        (key, value) -> {
          if (LINE_ENDS.contains(value)) {
            clash(context, key, "a line end");
          }
        });
    clashIf(context, "escape", csv.escape(), csv.delimiter()::startsWith, "what delimiters are");
    clashIf(context, "comment", csv.comment(), csv.delimiter()::startsWith, "what delimiters are");
    clashIf(context, "comment", csv.comment(), csv.quote()::equals, "what quotes are");
    if (csv.quote().isEmpty() && !csv.escape().isEmpty()) {
      clash(context, "escape", "without use: there are no quotes");
    }
  }

  private static void checkLineSep(TableContext context, CsvDef csv) {
    String end = csv.details().lineSep();
    Map<String, String> others =
        Map.of(
            "delimiters", csv.delimiter(),
            "quotes", csv.quote(),
            "escapes", csv.escape(),
            "comments", csv.comment());
    others.forEach(
        (what, text) -> {
          if (!end.isEmpty() && text.chars().anyMatch(c -> end.indexOf(c) >= 0)) {
            clash(context, "line_sep", "part of what %s are".formatted(what));
          }
        });
  }

  /** What its parser does otherwise than it is meant. */
  private static void checkForSpark(TableContext context, CsvDef csv) {
    String why = "Spark's parser does not know it, and has to read these files";
    String fix = "Remove it, or let AFP read the files.";
    if (csv.details().lineSep().length() > 1) {
      report(context, "line_sep", why, "Write one character, or let AFP read the files.");
    }
    if (csv.details().maxColumns() > CsvParser.MOST_COLUMNS_OF_SPARK) {
      String few = "Spark's parser reads these files, and takes %,d fields at most";
      report(context, "max_columns", few.formatted(CsvParser.MOST_COLUMNS_OF_SPARK), fix);
    }
    if (csv.details().maxCharsPerColumn() > 0) {
      report(context, "max_chars_per_column", why, fix);
    }
  }

  private static void clashIf(
      TableContext context, String key, String value, Predicate<String> same, String what) {
    if (!value.isEmpty() && same.test(value)) {
      clash(context, key, what);
    }
  }

  private static void clash(TableContext context, String key, String what) {
    report(context, key, "it is " + what, "Take another character.");
  }

  private static void report(TableContext context, String key, String why, String fix) {
    context.error(
        ErrorCode.CONTRADICTION,
        "from." + key,
        "Cannot use %s for %s: %s".formatted(key, context.table().name(), why),
        fix);
  }
}
