package io.afp.ingestion.infer;

import io.afp.core.definition.ColumnBuilder;
import io.afp.core.definition.CsvBuilder;
import io.afp.core.definition.FileFormat;
import io.afp.core.definition.FileSourceDef;
import io.afp.core.definition.TableBuilder;
import io.afp.core.definition.TableDef;
import java.util.List;

/**
 * A table as the data suggests it.
 *
 * @param name namespace and name
 * @param key columns whose values no two rows share; may be empty
 * @param rows how many were looked at
 * @param malformed how many of them could not be split into fields
 * @param notLoaded fields that can't be declared, each with its reason
 */
record InferredTable(
    String name,
    FileSourceDef source,
    Sample sample,
    List<InferredColumn> columns,
    List<String> key,
    long rows,
    long malformed,
    List<String> notLoaded) {

  InferredTable {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
    notLoaded = List.copyOf(notLoaded);
  }

  InferredTable with(List<InferredColumn> others, List<String> foundKey) {
    return new InferredTable(name, source, sample, others, foundKey, rows, malformed, notLoaded);
  }

  /** The same as the table file says. */
  TableDef declared() {
    TableBuilder table = TableDef.named(name);
    if (source.format() == FileFormat.CSV) {
      table.fromCsv(source.files(), this::csv);
    } else {
      table.fromFiles(source.files(), source.format(), files -> files.nullValues(nullValues()));
    }
    for (InferredColumn column : columns) {
      table.column(column.name(), column.choice().type().toString(), c -> details(column, c));
    }
    return table.build();
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
    column.choice().format().ifPresent(details::format);
    return column.required() ? details.required() : details;
  }
}
