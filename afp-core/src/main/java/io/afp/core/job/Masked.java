package io.afp.core.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.Pii;
import io.afp.core.definition.TableDef;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is shown of rows that were kept out of a table: personal values are only in the table that
 * has these.
 */
record Masked(TableDef table, KeptOut rows) {

  /** The value of a column, or of the row as a whole for no column. */
  String value(String column, String value) {
    return value != null && isPersonal(column) ? Pii.HIDDEN : value;
  }

  /** A column that is not declared any more may be one that is called otherwise now. */
  boolean isPersonal(String column) {
    return table
        .column(column)
        .map(ColumnDef::pii)
        .orElseGet(() -> table.columns().stream().anyMatch(ColumnDef::pii));
  }

  /** A record; one without fields is a value of the row as a whole. */
  String record(String record) {
    if (!isPersonal("")) {
      return record;
    }
    try {
      return LakeTask.JSON.readTree(record) instanceof ObjectNode fields
          ? masked(fields)
          : Pii.HIDDEN;
    } catch (JsonProcessingException e) {
      return Pii.HIDDEN;
    }
  }

  /** A field from which no column is read may be one from which a personal column was. */
  private String masked(ObjectNode fields) {
    Set<String> shown =
        table.readColumns().stream()
            .filter(column -> !column.pii())
            .map(rows::field)
            .collect(Collectors.toSet());
    fields
        .properties()
        .forEach(
            field -> {
              if (!shown.contains(field.getKey()) && !field.getValue().isNull()) {
                field.setValue(TextNode.valueOf(Pii.HIDDEN));
              }
            });
    return fields.toString();
  }
}
