package io.afp.ingestion.jdbc;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.DriftDef;
import io.afp.core.definition.FieldName;
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
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The columns of a source. One is found by its name as it is declared, else by its name in another
 * case, if there is only one.
 */
final class SourceColumns {

  private final TableDef table;
  private final Dialect dialect;
  private final List<SourceColumn> all;

  private SourceColumns(TableDef table, Dialect dialect, List<SourceColumn> all) {
    this.table = table;
    this.dialect = dialect;
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
      return new SourceColumns(session.table(), session.dialect(), all);
    }
  }

  /** All columns that the source has. */
  List<SourceColumn> all() {
    return List.copyOf(all);
  }

  /** The names of the fields that the source has, as names are compared. */
  List<String> names() {
    return all.stream().map(SourceColumns::plain).distinct().toList();
  }

  /** What is read for a table, by its fields in the order of declaration, as the source has it. */
  Map<String, SourceColumn> read(TableDef loaded) {
    Map<String, SourceColumn> columns = new LinkedHashMap<>();
    loaded
        .readColumns()
        .forEach(column -> find(column).ifPresent(found -> columns.put(column.field(), found)));
    return columns;
  }

  /** What a column of the table is read from. */
  Optional<SourceColumn> find(ColumnDef column) {
    return find(column.from());
  }

  /** A column that a key of {@code from.jdbc} or another part of the table names. */
  SourceColumn named(String name, String path) {
    return find(name).orElseThrow(() -> AfpException.of(List.of(missing(name, path))));
  }

  Optional<SourceColumn> find(String name) {
    List<SourceColumn> found = all.stream().filter(c -> c.name().equals(name)).toList();
    if (found.isEmpty()) {
      found = all.stream().filter(c -> plain(c).equals(FieldName.plain(name))).toList();
    }
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  private static String plain(SourceColumn column) {
    return FieldName.plain(column.name());
  }

  /**
   * Stops a run, before it begins, that would stop for a column that is not there.
   *
   * @throws AfpException with all of them
   */
  void requireNeeded() {
    List<Problem> problems =
        Stream.concat(
                table.readColumns().stream()
                    .filter(this::isNeeded)
                    .filter(c -> find(c).isEmpty() && !isMark(c))
                    .map(c -> missing(c.from(), "columns." + c.name())),
                table.byField().values().stream().flatMap(this::unlike))
            .toList();
    if (!problems.isEmpty()) {
      throw AfpException.of(problems);
    }
  }

  private boolean isNeeded(ColumnDef column) {
    boolean stops = table.whereMissing(column) == DriftDef.Policy.FREEZE || column.required();
    return stops && column.entry().fallback().isEmpty();
  }

  /** Names that differ only by case are one field. */
  private Stream<Problem> unlike(List<ColumnDef> ofOneField) {
    ColumnDef first = ofOneField.get(0);
    return ofOneField.stream()
        .filter(column -> !find(column).equals(find(first)))
        .map(
            column ->
                problem(
                    "columns.%s.from".formatted(column.name()),
                    "%s and %s differ only by case".formatted(first.from(), column.from()),
                    "Write from.jdbc.query that gives one of them another name by AS."));
  }

  /** The columns for their comparison with those that are declared. */
  List<Column> found() {
    Map<String, SourceColumn> read = read(table);
    Map<String, Column> found = new LinkedHashMap<>();
    for (SourceColumn column : all) {
      String name = plain(column);
      SourceColumn known = read.getOrDefault(name, find(name).orElse(null));
      if (known != null) {
        found.put(name, new Column(name, dialect.declaredType(known)));
      }
    }
    marks(table).forEach(mark -> found.put(mark, new Column(mark, "boolean")));
    return List.copyOf(found.values());
  }

  /** The fields of flags that only the comparison of keys sets, and that the source has not. */
  List<String> marks(TableDef loaded) {
    return loaded.readColumns().stream().filter(this::isMark).map(ColumnDef::field).toList();
  }

  private boolean isMark(ColumnDef column) {
    boolean compares = table.jdbcSource().orElseThrow().deletes() == Deletes.COMPARE;
    return compares
        && table.write().deleteFlag().filter(column.name()::equals).isPresent()
        && find(column).isEmpty();
  }

  private Problem missing(String name, String path) {
    String there = all.stream().map(SourceColumn::name).sorted().collect(Collectors.joining(", "));
    return problem(
        path,
        "it has no column %s (source=%s, columns=%s)"
            .formatted(name, table.jdbcSource().orElseThrow().title(), there),
        path.startsWith("columns.")
            ? "Name by from what the source calls it, or write from.jdbc.query."
            : "Correct the name, or write from.jdbc.query with AS %s.".formatted(name));
  }

  private Problem problem(String path, String why, String fix) {
    return Problem.error(
        ErrorCode.SOURCE_WRONG,
        "Cannot read source %s: %s".formatted(table.name(), why),
        new Location(table.file(), 0, path),
        fix);
  }
}
