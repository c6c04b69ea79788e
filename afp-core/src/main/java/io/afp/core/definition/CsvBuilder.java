package io.afp.core.definition;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says how CSV files are read, with the words of the YAML. */
public final class CsvBuilder {

  private final Map<String, Object> tree = new LinkedHashMap<>();

  CsvBuilder(String files) {
    tree.put("files", files);
    tree.put("format", "csv");
  }

  /** The first line is data; the fields are in the order of the columns. */
  public CsvBuilder withoutHeader() {
    return put("header", false);
  }

  /** What is between fields, instead of a comma; one or more characters. */
  public CsvBuilder delimiter(String delimiter) {
    return put("delimiter", delimiter);
  }

  /** The character around values that hold delimiters or line ends; empty for none. */
  public CsvBuilder quote(String quote) {
    return put("quote", quote);
  }

  /** The character before a quote in a quoted value, where it is not doubled. */
  public CsvBuilder escape(String escape) {
    return put("escape", escape);
  }

  /** The character that begins lines to skip. */
  public CsvBuilder comment(String comment) {
    return put("comment", comment);
  }

  /** So many lines before the header, or the first record, are skipped. */
  public CsvBuilder skipLines(int lines) {
    return put("skip_lines", lines);
  }

  /** Blanks before a value are no part of it. */
  public CsvBuilder ignoreLeadingWhiteSpace() {
    return put("ignore_leading_white_space", true);
  }

  /** Blanks behind a value are no part of it. */
  public CsvBuilder ignoreTrailingWhiteSpace() {
    return put("ignore_trailing_white_space", true);
  }

  /** What quotes without anything between them stand for, instead of null. */
  public CsvBuilder emptyValue(String text) {
    return put("empty_value", text);
  }

  /** The only line end, of one or two characters, instead of the usual ones. */
  public CsvBuilder lineSep(String end) {
    return put("line_sep", end);
  }

  /** A record with more fields fails its file. */
  public CsvBuilder maxColumns(int most) {
    return put("max_columns", most);
  }

  /** A value with more characters fails its file. */
  public CsvBuilder maxCharsPerColumn(int most) {
    return put("max_chars_per_column", most);
  }

  /** Who takes the files apart. */
  public CsvBuilder reader(CsvParser parser) {
    return put("reader", parser.word());
  }

  /** How the characters are stored, instead of UTF-8. */
  public CsvBuilder encoding(String encoding) {
    return put("encoding", encoding);
  }

  /** Texts that stand for null, beside the empty field. */
  public CsvBuilder nullValues(String... texts) {
    return put("null_values", List.of(texts));
  }

  /** What happens when files of an interval that is done are not those that were loaded. */
  public CsvBuilder onChange(OnChange policy) {
    return put("on_change", policy.word());
  }

  Map<String, Object> tree() {
    return tree;
  }

  private CsvBuilder put(String key, Object value) {
    tree.put(key, value);
    return this;
  }
}
