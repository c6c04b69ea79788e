package io.afp.transform;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.TableDef;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** A model's output must be its declared columns: these names in this order with these types. */
final class ModelOutput {

  private ModelOutput() {}

  static void requireDeclared(TableDef table, StructType found) {
    List<String> differences = differences(table, found);
    if (!differences.isEmpty()) {
      throw AfpException.at(
          table.model().orElseThrow().location(),
          ErrorCode.MODEL_OUTPUT,
          "Cannot use the rows for %s: their columns are not the declared ones: %s"
              .formatted(table.name(), String.join("; ", differences)),
          "Select exactly the declared columns in their order, with a CAST where the type differs, or change %s."
              .formatted(table.file()));
    }
  }

  private static List<String> differences(TableDef table, StructType found) {
    List<String> declared = table.givenColumns().stream().map(ColumnDef::name).toList();
    List<String> given = Arrays.asList(found.fieldNames());
    List<String> differences = new ArrayList<>();
    declared.stream()
        .filter(name -> !given.contains(name))
        .forEach(name -> differences.add("%s is declared but not selected".formatted(name)));
    given.stream()
        .filter(name -> !declared.contains(name))
        .forEach(name -> differences.add("%s is selected but not declared".formatted(name)));
    given.stream()
        .distinct()
        .filter(name -> Collections.frequency(given, name) > 1)
        .forEach(name -> differences.add("%s is selected twice".formatted(name)));
    if (differences.isEmpty() && !given.equals(declared)) {
      differences.add("the order differs (declared=%s, selected=%s)".formatted(declared, given));
    }
    for (StructField field : found.fields()) {
      table.column(field.name()).ifPresent(column -> addTypeDifference(column, field, differences));
    }
    return differences;
  }

  private static void addTypeDifference(
      ColumnDef column, StructField field, List<String> differences) {
    DataType declared = DataType.fromDDL(column.type().sql());
    if (!field.dataType().sameType(declared)) {
      differences.add(
          "%s is declared as %s and selected as %s"
              .formatted(
                  column.name(), column.type(), field.dataType().sql().toLowerCase(Locale.ROOT)));
    }
  }
}
