package io.afp.ingestion.infer;

import io.afp.core.definition.ColumnBuilder;
import io.afp.core.definition.CsvBuilder;
import io.afp.core.definition.FileFormat;
import io.afp.core.definition.FileSourceDef;
import io.afp.core.definition.TableBuilder;
import io.afp.core.definition.TableDef;
import java.util.List;
import java.util.Optional;

/**
 * A table as the data suggests it.
 *
 * @param name namespace and name
 * @param keys lists of columns whose values no two rows share
 * @param interval how it may be loaded one interval at a time, where the files suggest it
 * @param rows how many were looked at
 * @param malformed how many of them could not be split into fields
 * @param notLoaded fields that can't be declared, each with its reason
 */
record InferredTable(
    String name,
    FileSourceDef source,
    Sample sample,
    List<InferredColumn> columns,
    List<List<String>> keys,
    Optional<InferredInterval> interval,
    long rows,
    long malformed,
    List<String> notLoaded) {

  InferredTable {
    columns = List.copyOf(columns);
    keys = List.copyOf(keys);
    notLoaded = List.copyOf(notLoaded);
  }

  /** A table of which neither key nor interval is known. */
  InferredTable(
      String name,
      FileSourceDef source,
      Sample sample,
      List<InferredColumn> columns,
      long rows,
      long malformed,
      List<String> notLoaded) {
    this(name, source, sample, columns, List.of(), Optional.empty(), rows, malformed, notLoaded);
  }

  InferredTable with(List<InferredColumn> others) {
    return new InferredTable(
        name, source, sample, others, keys, interval, rows, malformed, notLoaded);
  }

  InferredTable by(List<List<String>> foundKeys, Optional<InferredInterval> foundInterval) {
    return new InferredTable(
        name, source, sample, columns, foundKeys, foundInterval, rows, malformed, notLoaded);
  }

  /** What the table file says, and that all columns are required that are complete. */
  TableDef declared() {
    return builder().build();
  }

  /** The same, for one who declares more. */
  TableBuilder builder() {
    TableBuilder table = TableDef.named(name);
    if (source.format() == FileFormat.CSV) {
      table.fromCsv(source.files(), this::csv);
    } else {
      table.fromFiles(source.files(), source.format(), files -> files.nullValues(nullValues()));
    }
    for (InferredColumn column : columns) {
      table.column(column.name(), column.choice().type().toString(), c -> details(column, c));
    }
    return table;
  }

  private CsvBuilder csv(CsvBuilder csv) {
    csv.delimiter(source.csv().delimiter())
        .encoding(source.encoding().name())
        .nullValues(nullValues());
    return source.csv().header() ? csv : csv.withoutHeader();
  }

  private String[] nullValues() {
    return source.nullValues().toArray(String[]::new);
  }

  private static ColumnBuilder details(InferredColumn column, ColumnBuilder details) {
    column.from().ifPresent(details::from);
    column.choice().format().ifPresent(details::format);
    return column.complete() ? details.required() : details;
  }
}
