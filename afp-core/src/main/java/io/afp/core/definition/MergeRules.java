package io.afp.core.definition;

import io.afp.core.definition.ColumnType.Kind;
import io.afp.core.definition.WriteDef.WriteMode;
import io.afp.core.error.ErrorCode;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What the modes that bring rows together by their key need, and what only they have. */
final class MergeRules {

  private static final String MODE = "write.mode";
  private static final String AS_OF = "write.as_of";
  private static final String DELETE_FLAG = "write.delete_flag";
  private static final Set<Kind> ORDERED =
      EnumSet.of(Kind.INT, Kind.LONG, Kind.DATE, Kind.TIMESTAMP, Kind.TIMESTAMP_NTZ);

  private MergeRules() {}

  static void check(TableContext context) {
    WriteMode mode = context.table().write().mode();
    boolean hasTime = mode == WriteMode.UPSERT || mode == WriteMode.SCD2;
    if (mode.merges()) {
      checkKey(context);
    }
    if (hasTime) {
      checkTime(context);
      checkFlag(context);
    } else {
      checkNone(context, AS_OF);
      checkNone(context, DELETE_FLAG);
    }
    if (mode == WriteMode.SNAPSHOT && !context.has("write.interval_column")) {
      report(
          context,
          MODE,
          "an extract needs its time",
          "Add interval_column: the column with the time of the extract.");
    }
    if (mode.keepsHistory()) {
      checkNames(context);
    }
  }

  private static void checkKey(TableContext context) {
    if (!context.has("key")) {
      report(context, MODE, "it has no key", "Add key: the columns that identify a row.");
    }
    for (int i = 0; i < context.table().key().size(); i++) {
      String name = context.table().key().get(i);
      Optional<ColumnDef> column = context.table().column(name);
      if (column.filter(c -> isFraction(c.type())).isPresent()) {
        report(
            context,
            context.item("key", i),
            "%s is no exact number (type=%s)".formatted(name, column.get().type()),
            "Use a key of integers, decimals, text or times.");
      }
      if (changesWithTime(context.table().write(), name)) {
        report(
            context,
            context.item("key", i),
            "%s changes from row to row of a key".formatted(name),
            "Leave it out of the key.");
      }
    }
  }

  private static boolean isFraction(ColumnType type) {
    return type.kind() == Kind.FLOAT || type.kind() == Kind.DOUBLE;
  }

  private static boolean changesWithTime(WriteDef write, String column) {
    return (write.mode().keepsHistory() && HistoryColumns.NAMES.contains(column))
        || write.eventTime().filter(column::equals).isPresent()
        || write.deleteFlag().filter(column::equals).isPresent();
  }

  private static void checkTime(TableContext context) {
    WriteDef write = context.table().write();
    if (!context.has(AS_OF)) {
      report(
          context,
          MODE,
          "nothing says which row of a key is the newer one",
          "Add as_of: the column that says when a row was true.");
    }
    write
        .asOf()
        .flatMap(context.table()::column)
        .filter(column -> !ORDERED.contains(column.type().kind()))
        .ifPresent(
            column ->
                report(
                    context,
                    AS_OF,
                    "column %s has no order in time (type=%s)"
                        .formatted(column.name(), column.type()),
                    "Name a column of type date, timestamp, timestamp_ntz, int or long."));
  }

  private static void checkFlag(TableContext context) {
    context
        .table()
        .write()
        .deleteFlag()
        .flatMap(context.table()::column)
        .filter(column -> column.type().kind() != Kind.BOOLEAN)
        .ifPresent(
            column ->
                report(
                    context,
                    DELETE_FLAG,
                    "column %s is no flag (type=%s)".formatted(column.name(), column.type()),
                    "Name a column of type boolean."));
  }

  private static void checkNone(TableContext context, String path) {
    if (context.has(path)) {
      report(
          context,
          path,
          "only upsert and scd2 have it (mode=%s)".formatted(mode(context)),
          "Remove it, or write mode: upsert or scd2.");
    }
  }

  private static void checkNames(TableContext context) {
    for (String name : HistoryColumns.NAMES) {
      if (context.columnNames().contains(name)) {
        report(
            context,
            "columns." + name,
            "AFP adds column %s itself (mode=%s)".formatted(name, mode(context)),
            "Remove it from columns and query, or give it another name.");
      }
    }
  }

  private static String mode(TableContext context) {
    return context.table().write().mode().word();
  }

  private static void report(TableContext context, String path, String why, String fix) {
    String message = "Cannot write %s: %s".formatted(context.table().name(), why);
    context.error(ErrorCode.CONTRADICTION, path, message, fix);
  }
}
