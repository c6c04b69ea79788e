package io.afp.core.definition;

import io.afp.core.yaml.Field;
import io.afp.core.yaml.Items;
import io.afp.core.yaml.Reading;
import io.afp.core.yaml.Scalar;
import java.nio.charset.Charset;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What {@code from} may hold for files. */
final class FileShape {

  static final Field<String> FILES =
      Field.optional(
          "files",
          Scalar.text("a path or glob"),
          "Where the files are, with `${interval:pattern}` fields; relative to the"
              + " folder of the pipeline, absolute, or a URI that Hadoop knows");
  static final Field<FileFormat> FORMAT =
      Field.optional(
          "format", Scalar.choice(FileFormat.class), "The format of the files, which need it");
  private static final Field<Boolean> HEADER =
      Field.withDefault(
          "header",
          Scalar.flag(),
          "true",
          "Whether the first record of each file names the columns; CSV only");
  private static final Field<String> DELIMITER =
      Field.withDefault(
          "delimiter",
          Scalar.parsed("one or more characters such as \";\"", FileShape::delimiter)
              .like(Pattern.compile("[\\s\\S]+")),
          ",",
          "What is between two fields; CSV only");
  private static final Field<String> QUOTE =
      Field.withDefault(
          "quote",
          character("a single character such as \"'\", or \"\" for none"),
          "\"",
          "What is around a value that holds delimiters or line ends; CSV only");
  private static final Field<String> ESCAPE =
      Field.optional(
              "escape",
              character("a single character such as \"\\\\\""),
              "What is before a quote that is part of a quoted value; CSV only")
          .otherwise("it is doubled");
  private static final Field<String> COMMENT =
      Field.optional(
              "comment",
              character("a single character such as \"#\""),
              "What lines begin with that are skipped; CSV only")
          .otherwise("none are");
  private static final Field<Long> SKIP_LINES =
      Field.withDefault(
          "skip_lines",
          Scalar.count(),
          "0",
          "How many lines of each file are skipped before the header or the first record; CSV"
              + " only");
  private static final Field<Boolean> IGNORE_LEADING =
      Field.withDefault(
          "ignore_leading_white_space",
          Scalar.flag(),
          "false",
          "Whether blanks before a value, or before its quotes, are no part of it; CSV only");
  private static final Field<Boolean> IGNORE_TRAILING =
      Field.withDefault(
          "ignore_trailing_white_space",
          Scalar.flag(),
          "false",
          "Whether blanks behind a value are no part of it; CSV only");
  private static final Field<String> EMPTY_VALUE =
      Field.optional(
              "empty_value",
              Scalar.verbatim("a text"),
              "What quotes without anything between them stand for; CSV only")
          .otherwise("null");
  private static final Field<String> LINE_SEP =
      Field.optional(
              "line_sep",
              Scalar.parsed("one or two characters such as \"\\r\\n\"", FileShape::lineSep)
                  .like(Pattern.compile("[\\s\\S]{1,2}")),
              "What alone ends a line; CSV only")
          .otherwise("line ends of Unix, Windows and old Macs, mixed too");
  private static final Field<Long> MAX_COLUMNS =
      Field.optional(
              "max_columns",
              Scalar.upTo(Long.MAX_VALUE),
              "How many fields a record may have; more fail the file. CSV only")
          .otherwise("any number");
  private static final Field<Long> MAX_CHARS =
      Field.optional(
              "max_chars_per_column",
              Scalar.upTo(Long.MAX_VALUE),
              "How many characters a value may have; more fail the file. CSV only")
          .otherwise("a record may have 100,000,000 bytes");
  private static final Field<CsvParser> READER =
      Field.withDefault(
          "reader",
          Scalar.choice(CsvParser.class),
          CsvParser.AFP.word(),
          "Who takes the files apart: AFP, or the slower parser of Spark; CSV only");
  private static final Field<Charset> ENCODING =
      Field.withDefault(
          "encoding",
          Scalar.parsed("an encoding such as windows-1252", FileShape::charset),
          "UTF-8",
          "How the characters are stored; text formats only");
  private static final Field<List<String>> NULL_VALUES =
      Field.optional(
              "null_values",
              new Items<>(Scalar.verbatim("a text"), "a list of texts"),
              List.of(),
              "Texts that stand for null, beside the empty field of CSV; `[NULL]` and `[~]` are"
                  + " taken as text")
          .otherwise("none");

  /** The keys that only CSV has. */
  static final List<Field<?>> OF_CSV =
      List.of(
          HEADER,
          DELIMITER,
          QUOTE,
          ESCAPE,
          COMMENT,
          SKIP_LINES,
          IGNORE_LEADING,
          IGNORE_TRAILING,
          EMPTY_VALUE,
          LINE_SEP,
          MAX_COLUMNS,
          MAX_CHARS,
          READER);

  /** The keys that only formats of text have. */
  static final List<Field<?>> OF_TEXT = List.of(ENCODING);

  /** All keys. */
  static final List<Field<?>> FIELDS =
      Stream.of(List.of(FILES, FORMAT), OF_TEXT, List.of(NULL_VALUES), OF_CSV)
          .<Field<?>>flatMap(List::stream)
          .toList();

  private FileShape() {}

  static FileSourceDef build(Reading r) {
    CsvDef csv =
        new CsvDef(
            r.get(HEADER),
            r.get(DELIMITER),
            r.get(QUOTE),
            r.find(ESCAPE).orElse(""),
            r.find(COMMENT).orElse(""),
            r.get(SKIP_LINES),
            r.get(READER),
            details(r));
    return new FileSourceDef(
        r.get(FILES),
        r.find(FORMAT).orElse(FileFormat.CSV),
        csv,
        r.get(ENCODING),
        r.get(NULL_VALUES),
        r.get(SourceShape.ON_CHANGE));
  }

  private static CsvDetails details(Reading r) {
    return new CsvDetails(
        r.get(IGNORE_LEADING),
        r.get(IGNORE_TRAILING),
        r.find(EMPTY_VALUE),
        r.find(LINE_SEP).orElse(""),
        r.find(MAX_COLUMNS).orElse(0L),
        r.find(MAX_CHARS).orElse(0L));
  }

  private static Scalar<String> character(String expects) {
    return Scalar.parsed(expects, FileShape::single).like(Pattern.compile("[\\s\\S]?"));
  }

  private static String single(String text) {
    if (text.length() > 1) {
      throw new IllegalArgumentException("'%s' is not a single character".formatted(text));
    }
    return text;
  }

  private static String delimiter(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("'' is no character");
    }
    return text;
  }

  private static String lineSep(String text) {
    if (text.isEmpty() || text.length() > 2) {
      throw new IllegalArgumentException("'%s' is not one or two characters".formatted(text));
    }
    return text;
  }

  private static Charset charset(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'%s' is not an encoding".formatted(name), e);
    }
  }
}
