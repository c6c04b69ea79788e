package io.afp.ingestion.csv;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What is read of CSV files.
 *
 * @param columns the fields that can be read: by their names in the header, or all of them by place
 *     where the files have none
 * @param about what else is read, by the name of its column
 * @param hidden what can be asked for, though it is no column
 * @param nullValues texts that stand for null
 * @param mode what becomes of bad records
 */
record CsvFiles(
    CsvFormat format,
    List<CsvColumn> columns,
    Map<String, About> about,
    Map<String, About> hidden,
    Set<String> nullValues,
    ReadMode mode)
    implements Serializable {

  /** All that can be read. */
  StructType schema() {
    List<StructField> fields = new ArrayList<>();
    columns.forEach(column -> fields.add(column.field()));
    about.forEach((name, what) -> fields.add(what.named(name, columns)));
    return new StructType(fields.toArray(StructField[]::new));
  }

  /** What a column says about records; empty for a field. */
  Optional<About> about(String column) {
    return Optional.ofNullable(about.get(column)).or(() -> hidden(column));
  }

  private Optional<About> hidden(String column) {
    return Optional.ofNullable(hidden.get(column))
        .filter(any -> columns.stream().noneMatch(field -> field.name().equals(column)));
  }

  /** How the fields are called where the files do not say it. */
  List<String> columnNames() {
    return columns.stream().map(CsvColumn::name).toList();
  }
}
