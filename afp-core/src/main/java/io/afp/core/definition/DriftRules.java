package io.afp.core.definition;

import io.afp.core.definition.DriftDef.Policy;
import io.afp.core.definition.WriteDef.OnSchemaChange;
import io.afp.core.error.ErrorCode;

/** A policy for drift is one that can be kept. */
final class DriftRules {

  private static final String DRIFT = "drift";

  private DriftRules() {}

  static void check(TableContext context) {
    if (!context.has(DRIFT)) {
      return;
    }
    TableDef table = context.table();
    if (!context.has("from")) {
      report(context, "only a source has it", "Remove drift.");
    }
    table
        .fileSource()
        .filter(source -> !source.namesColumns())
        .ifPresent(
            source ->
                report(
                    context,
                    "without a header nothing names the columns of the files",
                    "Remove drift: lines with another number of fields are rejects."));
    if (table.drift().evolves() && table.write().onSchemaChange() == OnSchemaChange.FAIL) {
      report(
          context,
          "the table may get no other columns (on_schema_change=fail)",
          "Write on_schema_change: extend, or another policy than evolve.");
    }
    if (table.drift().newColumns() == Policy.EVOLVE && table.keepsValuesOut()) {
      report(
          context,
          "a column that comes by itself is written as it is, and the table keeps personal values out (pii)",
          "Write drift: { new_columns: freeze } or discard, and declare new columns with the pii that they need.");
    }
    if (table.drift().widenedTypes() == Policy.EVOLVE && table.serve().isPresent()) {
      report(
          context,
          "the served column has the declared type, and wider values have no place in it",
          "Write drift: { new_columns: evolve }, and declare the wider type when it is there.");
    }
  }

  private static void report(TableContext context, String why, String fix) {
    context.error(
        ErrorCode.CONTRADICTION,
        DRIFT,
        "Cannot use drift for %s: %s".formatted(context.table().name(), why),
        fix);
  }
}
