package io.afp.core.definition;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Files that fill a table.
 *
 * @param files a path or glob, relative to the folder of the pipeline, with {@code
 *     ${interval:pattern}} fields
 * @param csv what holds for CSV files only
 * @param encoding of text
 * @param nullValues texts that stand for null, beside the empty field of CSV
 * @param onChange what happens when files of a done interval are not those that were loaded
 */
public record FileSourceDef(
    String files,
    FileFormat format,
    CsvDef csv,
    Charset encoding,
    List<String> nullValues,
    OnChange onChange)
    implements SourceDef {

  public FileSourceDef {
    nullValues = List.copyOf(nullValues);
  }

  /** Files as their format usually is. */
  public static FileSourceDef of(String files, FileFormat format) {
    return new FileSourceDef(
        files, format, CsvDef.usual(), StandardCharsets.UTF_8, List.of(), OnChange.RELOAD);
  }

  /** Whether the files say how their columns are called. */
  public boolean namesColumns() {
    return format != FileFormat.CSV || csv.header();
  }
}
