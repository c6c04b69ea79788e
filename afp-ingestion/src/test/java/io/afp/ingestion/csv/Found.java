package io.afp.ingestion.csv;

import io.afp.core.lake.RawRows;
import io.afp.ingestion.file.GuardedCsv;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;

/**
 * A record, as it was found in a file.
 *
 * @param values of a record that could be taken apart; null where a field has no characters
 * @param malformed the text of one that could not
 */
public record Found(List<String> values, Optional<String> malformed) {

  static Found of(List<String> values) {
    List<String> all = new ArrayList<>();
    values.forEach(value -> all.add(value == null || value.isEmpty() ? null : value));
    return new Found(Collections.unmodifiableList(all), Optional.empty());
  }

  static Found malformed(String text) {
    return new Found(List.of(), Optional.of(text));
  }

  /** What Spark's parser found. */
  static Found of(GuardedCsv.Line line) {
    return line.text() == null ? of(line.values()) : malformed(line.text());
  }

  /** What a reader gave. */
  static Found of(Row row, List<String> names) {
    String malformed = row.getAs(RawRows.MALFORMED);
    return malformed != null
        ? new Found(List.of(), Optional.of(malformed))
        : new Found(
            Arrays.asList(names.stream().map(row::<String>getAs).toArray(String[]::new)),
            Optional.empty());
  }

  @Override
  public String toString() {
    return malformed
        .map(text -> "malformed " + GeneratedFile.shown(text))
        .orElseGet(
            () ->
                values.stream().map(v -> v == null ? "null" : GeneratedFile.shown(v)).toList()
                    + "");
  }
}
