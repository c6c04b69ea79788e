package io.afp.ingestion.jdbc;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.DriftDef;
import io.afp.core.definition.JdbcSourceDef.Deletes;
import io.afp.core.definition.TableDef;
import io.afp.core.drift.SourceColumns.Column;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.error.Problem;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The columns of a source. One is found by its name, else by its name in another case, if there is
 * only one.
 */
final class SourceColumns {

  private final TableDef table;
  private final List<SourceColumn> all;

  private SourceColumns(TableDef table, List<SourceColumn> all) {
    this.table = table;
    this.all = all;
  }

  static SourceColumns of(SourceSession session, Connection connection) throws SQLException {
    String nothing = "SELECT * FROM %s WHERE 1 = 0".formatted(session.from());
    try (Statement statement = connection.createStatement();
        ResultSet none = statement.executeQuery(nothing)) {
      ResultSetMetaData columns = none.getMetaData();
      List<SourceColumn> all = new ArrayList<>();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        all.add(SourceColumn.of(columns, i));
      }
      return new SourceColumns(session.table(), all);
    }
  }

  /** All columns that the source has. */
  List<SourceColumn> all() {
    return List.copyOf(all);
  }

  /** The columns of a table that are read, in the order of declaration, as the source has them. */
  Map<String, SourceColumn> read(TableDef loaded) {
    Map<String, SourceColumn> columns = new LinkedHashMap<>();
    declared(loaded).forEach(name -> find(name).ifPresent(found -> columns.put(name, found)));
    return columns;
  }

  /** A column that a key of {@code from.jdbc} or another part of the table names. */
  SourceColumn named(String name, String path) {
    return find(name).orElseThrow(() -> AfpException.of(List.of(missing(name, path))));
  }

  Optional<SourceColumn> find(String name) {
    List<SourceColumn> found = all.stream().filter(c -> c.name().equals(name)).toList();
    if (found.isEmpty()) {
      found = all.stream().filter(c -> c.name().equalsIgnoreCase(name)).toList();
    }
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  /**
   * Stops a run, before it begins, that would stop for a column that is not there.
   *
   * @throws AfpException with all of them
   */
  void requireNeeded() {
    List<Problem> problems =
        declaredColumns(table)
            .filter(this::isNeeded)
            .map(ColumnDef::name)
            .filter(name -> find(name).isEmpty() && !isMark(name))
            .map(name -> missing(name, "columns." + name))
            .toList();
    if (!problems.isEmpty()) {
      throw AfpException.of(problems);
    }
  }

  private boolean isNeeded(ColumnDef column) {
    boolean stops = table.whereMissing(column) == DriftDef.Policy.FREEZE || column.required();
    return stops && column.entry().fallback().isEmpty();
  }

  /** The columns for their comparison with those that are declared. */
  List<Column> found() {
    Map<String, Column> found = new LinkedHashMap<>();
    for (SourceColumn column : all) {
      String name = column.name().toLowerCase(Locale.ROOT);
      find(name).ifPresent(c -> found.put(name, new Column(name, c.declaredType())));
    }
    declared(table).filter(this::isMark).forEach(m -> found.put(m, new Column(m, "boolean")));
    return List.copyOf(found.values());
  }

  static Stream<String> declared(TableDef table) {
    return declaredColumns(table).map(ColumnDef::name);
  }

  private static Stream<ColumnDef> declaredColumns(TableDef table) {
    return table.sourceColumns().stream().filter(c -> c.expr().isEmpty());
  }

  /** A flag that only the comparison of keys sets need not be at the source. */
  boolean isMark(String column) {
    boolean compares = table.jdbcSource().orElseThrow().deletes() == Deletes.COMPARE;
    return compares
        && table.write().deleteFlag().filter(column::equals).isPresent()
        && find(column).isEmpty();
  }

  private Problem missing(String name, String path) {
    String there = all.stream().map(SourceColumn::name).sorted().collect(Collectors.joining(", "));
    return Problem.error(
        ErrorCode.SOURCE_WRONG,
        "Cannot read source %s: it has no column %s (source=%s, columns=%s)"
            .formatted(table.name(), name, table.jdbcSource().orElseThrow().title(), there),
        new Location(table.file(), 0, path),
        "Correct the name, or write from.jdbc.query with AS %s.".formatted(name));
  }
}
