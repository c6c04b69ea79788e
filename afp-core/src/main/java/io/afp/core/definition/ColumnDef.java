package io.afp.core.definition;

import java.util.List;
import java.util.Optional;

/**
 * A column of a contract.
 *
 * @param required whether null is not allowed
 * @param protection what happens with its values because they are personal
 * @param expr for a source: the SQL expression over the other columns that gives the value, instead
 *     of a field of the file
 * @param entry for a source: how a value is read, and what it must obey on the way in
 */
public record ColumnDef(
    String name,
    ColumnType type,
    boolean required,
    Pii protection,
    Optional<String> description,
    Optional<String> expr,
    EntryDef entry,
    List<CheckDef> checks) {

  public ColumnDef {
    checks = List.copyOf(checks);
  }

  /** A column of which nothing but name and type is known. */
  public static ColumnDef plain(String name, ColumnType type) {
    return bare(name, type, Optional.empty());
  }

  /** A column that AFP adds to the declared ones. */
  static ColumnDef added(String name, ColumnType type, String description) {
    return bare(name, type, Optional.of(description));
  }

  private static ColumnDef bare(String name, ColumnType type, Optional<String> description) {
    return new ColumnDef(
        name, type, false, Pii.FALSE, description, Optional.empty(), EntryDef.none(), List.of());
  }

  /** The same column with another type. */
  public ColumnDef withType(ColumnType other) {
    return new ColumnDef(name, other, required, protection, description, expr, entry, checks);
  }

  /** The same column with other checks. */
  public ColumnDef withChecks(List<CheckDef> others) {
    return new ColumnDef(name, type, required, protection, description, expr, entry, others);
  }

  /** The same column, whose values are as personal as is said. */
  public ColumnDef withProtection(Pii other) {
    return new ColumnDef(name, type, required, other, description, expr, entry, checks);
  }

  /** The name of the field that a source has for it, as it is declared. */
  public String from() {
    return entry.from().orElse(name);
  }

  /** The same as names of fields are compared. */
  public String field() {
    return FieldName.plain(from());
  }

  /** Whether values are personal, and never shown in reports. */
  public boolean pii() {
    return protection != Pii.FALSE;
  }
}
