package io.afp.core.definition;

import io.afp.core.error.ErrorCode;
import java.util.List;

/**
 * The columns that AFP adds to the rows of a source have names of their own, and decide nothing:
 * two runs give the same row other values.
 */
final class MetadataRules {

  private static final String METADATA = "metadata";

  private MetadataRules() {}

  static void check(TableContext context) {
    if (!context.has(METADATA)) {
      return;
    }
    TableDef table = context.table();
    if (table.model().filter(model -> !(model instanceof ModelDef.Program)).isPresent()) {
      context.error(
          ErrorCode.CONTRADICTION,
          METADATA,
          "Cannot use metadata for %s: only a source has it".formatted(table.name()),
          "Remove metadata; a query selects the columns of its sources.");
    }
    MetadataDef metadata = table.metadata();
    metadata.runId().ifPresent(name -> checkName(context, "run_id", name));
    metadata.ingestedAt().ifPresent(name -> checkName(context, "ingested_at", name));
    metadata.source().ifPresent(name -> checkName(context, "source", name));
    checkUse(context);
  }

  private static void checkName(TableContext context, String key, String name) {
    long same = context.table().columns().stream().filter(c -> c.name().equals(name)).count();
    if (same > 1) {
      context.error(
          ErrorCode.DUPLICATE_NAME,
          METADATA + "." + key,
          "Cannot add column %s to %s: another one has that name"
              .formatted(name, context.table().name()),
          "Give it another name, such as _afp_%s.".formatted(key));
    }
  }

  private static void checkUse(TableContext context) {
    WriteDef write = context.table().write();
    List<String> key = context.table().key();
    for (int i = 0; i < key.size(); i++) {
      checkUse(context, context.item("key", i), key.get(i));
    }
    write.asOf().ifPresent(c -> checkUse(context, "write.as_of", c));
    write.deleteFlag().ifPresent(c -> checkUse(context, "write.delete_flag", c));
    write.intervalColumn().ifPresent(c -> checkUse(context, "write.interval_column", c));
  }

  private static void checkUse(TableContext context, String path, String column) {
    boolean declared = context.columnNames().contains(column);
    if (!declared && context.table().metadata().names().contains(column)) {
      context.error(
          ErrorCode.CONTRADICTION,
          path,
          "Cannot use column %s in %s of %s: AFP fills it, and another run gives the same row another value"
              .formatted(column, path.replaceFirst("\\[.*", ""), context.table().name()),
          "Name a declared column.");
    }
  }
}
