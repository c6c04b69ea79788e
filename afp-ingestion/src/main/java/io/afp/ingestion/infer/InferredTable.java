package io.afp.ingestion.infer;

import io.afp.core.definition.ColumnBuilder;
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
    CsvFiles source,
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
    table.fromCsv(
        source.files(),
        csv -> {
          csv.delimiter(source.delimiter());
          csv.nullValues(source.nullValues().toArray(String[]::new));
          return source.header() ? csv : csv.withoutHeader();
        });
    for (InferredColumn column : columns) {
      table.column(
          column.name(),
          column.choice().type().toString(),
          c -> details(column, c));
    }
    return table.build();
  }

  private static ColumnBuilder details(InferredColumn column, ColumnBuilder details) {
    column.choice().format().ifPresent(details::format);
    return column.required() ? details.required() : details;
  }
}
