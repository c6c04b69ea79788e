package io.afp.core.definition;

import java.util.List;

/**
 * Files that fill a table.
 *
 * @param files a path or glob, relative to the folder of the pipeline, with {@code
 *     ${interval:pattern}} fields
 * @param format the format of the files; {@code csv}
 * @param header whether the first line of each file names the columns; without it they are in the
 *     order of the contract
 * @param delimiter the character between fields
 * @param nullValues texts that stand for null, beside the empty field
 * @param onChange what happens when files of a done interval are not those that were loaded
 */
public record FileSourceDef(
    String files,
    String format,
    boolean header,
    String delimiter,
    List<String> nullValues,
    OnChange onChange)
    implements SourceDef {

  public FileSourceDef {
    nullValues = List.copyOf(nullValues);
  }
}
