package io.afp.core.definition;

import java.util.List;
import java.util.Optional;

/**
 * A column of a contract.
 *
 * @param required whether null is not allowed
 * @param pii whether values are personal, and never shown in reports
 * @param expr for a source: the SQL expression over the other columns that gives the value, instead
 *     of a field of the file
 */
public record ColumnDef(
    String name,
    ColumnType type,
    boolean required,
    boolean pii,
    Optional<String> description,
    Optional<String> expr,
    List<CheckDef> checks) {

  public ColumnDef {
    checks = List.copyOf(checks);
  }

  /** A column of which nothing but name and type is known. */
  public static ColumnDef plain(String name, ColumnType type) {
    return new ColumnDef(name, type, false, false, Optional.empty(), Optional.empty(), List.of());
  }

  /** The same column with another type. */
  public ColumnDef withType(ColumnType other) {
    return new ColumnDef(name, other, required, pii, description, expr, checks);
  }

  /** A column that AFP adds to the declared ones. */
  static ColumnDef added(String name, ColumnType type, String description) {
    return new ColumnDef(
        name, type, false, false, Optional.of(description), Optional.empty(), List.of());
  }
}
