package io.afp.core.drift;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.ColumnType;
import io.afp.core.definition.DriftDef.Policy;
import io.afp.core.definition.TableDef;
import io.afp.core.ledger.SchemaVersion.Change;
import io.afp.core.ledger.SchemaVersion.Column;
import io.afp.core.ledger.SchemaVersion.Presence;
import java.util.List;
import java.util.Optional;

/**
 * Says what a change in a column means for the table, and which policy made it so.
 *
 * @param table as it is loaded
 */
record Words(TableDef declared, TableDef table) {

  private static final int MOST_NAMES = 5;

  Change fresh(Column column) {
    String where = column.presence() == Presence.SOME ? "new, in some files" : "new";
    if (isRead(declared, column)) {
      return change("new", column, "", where, "it is declared");
    }
    Optional<ColumnDef> evolved = loaded(column);
    return change(
        "new",
        column,
        declared.drift().newColumns().word(),
        where,
        evolved
            .map(c -> "it is loaded as " + c.type())
            .orElse("it is not declared and not loaded"));
  }

  Change gone(Column column) {
    return lost("gone", column, "gone");
  }

  /** The declaration alone has it. */
  Change missing(Column column) {
    return lost("missing", column, "declared, and the source never had it");
  }

  /** It is in some files only, or in all again. */
  Change spread(Column column) {
    return column.presence() == Presence.SOME
        ? lost("gone", column, "missing in some files")
        : change("new", column, "", "in all files", "");
  }

  private Change lost(String kind, Column column, String what) {
    if (hasDefault(column)) {
      return change(kind, column, "", what, "it has its default where it is missing");
    }
    Optional<ColumnDef> read = read(declared, column);
    if (read.isPresent()) {
      String policy = declared.whereMissing(read.get()).word();
      return change(kind, column, policy, what, "it is null where it is missing");
    }
    return loaded(column).isPresent()
        ? change(kind, column, Policy.EVOLVE.word(), what, "the table keeps it, null from now on")
        : change(kind, column, "", what, "it was not loaded");
  }

  /** All of the source has another order. */
  Change reordered(Order.Swap swap) {
    return order("the columns are in another order (%s)".formatted(swap));
  }

  /** Parts of the source have different orders. */
  Change moving(List<String> columns) {
    return order("the files do not have %s in one order".formatted(names(columns)));
  }

  /** They have one order again. */
  Change settled(List<String> columns) {
    return order("all files have %s in one order again".formatted(names(columns)));
  }

  private Change order(String what) {
    String policy = declared.drift().reorderedColumns().word();
    return new Change("order", "", policy, what + "; they are read by name");
  }

  private static String names(List<String> columns) {
    int more = columns.size() - MOST_NAMES;
    String first = String.join(", ", columns.subList(0, Math.min(MOST_NAMES, columns.size())));
    return "columns " + first + (more > 0 ? " and %d more".formatted(more) : "");
  }

  private boolean hasDefault(Column column) {
    List<ColumnDef> read = declared.readFrom(column.name());
    return !read.isEmpty() && read.stream().allMatch(c -> c.entry().fallback().isPresent());
  }

  Change retyped(Column before, Column now) {
    String what = "%s instead of %s".formatted(now.type(), before.type());
    Optional<ColumnDef> loaded = loaded(now);
    if (loaded.isEmpty()) {
      return change("type", now, "", what, "it is not loaded");
    }
    ColumnDef column = loaded.get();
    boolean wider = declared.readFrom(now.name()).stream().anyMatch(c -> isWider(c, now));
    boolean rejects = !column.type().toString().equals(now.type());
    return change(
        "type",
        now,
        wider ? declared.drift().widenedTypes().word() : "",
        what,
        "the table has %s%s"
            .formatted(column.type(), rejects ? ", and other values are rejects" : ""));
  }

  /** Whether the source has a wider type than is declared. */
  static boolean isWider(ColumnDef declared, Column found) {
    return ColumnType.parse(found.type()).filter(declared.type()::widensTo).isPresent();
  }

  private static boolean isRead(TableDef table, Column column) {
    return read(table, column).isPresent();
  }

  private static Optional<ColumnDef> read(TableDef table, Column column) {
    return table.readFrom(column.name()).stream().findFirst();
  }

  private Optional<ColumnDef> loaded(Column column) {
    return table.readFrom(column.name()).stream().filter(table.columns()::contains).findFirst();
  }

  private static Change change(
      String kind, Column column, String policy, String what, String then) {
    String text = "column %s is %s".formatted(column.name(), what);
    return new Change(kind, column.name(), policy, then.isEmpty() ? text : text + "; " + then);
  }
}
