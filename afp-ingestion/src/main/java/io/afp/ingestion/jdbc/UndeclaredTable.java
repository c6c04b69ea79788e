package io.afp.ingestion.jdbc;

import io.afp.core.definition.FieldName;
import io.afp.core.definition.JdbcSourceDef.NamedTable;
import io.afp.core.definition.TableDef;
import io.afp.core.settings.ConnectionSettings;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table or view of a database that no table declares yet, as the database describes it.
 *
 * @param connection the name of the database in the settings
 * @param relation the table, as definitions name it
 * @param key the columns of the primary key, as the database has them; empty without one
 */
public record UndeclaredTable(
    String connection, String relation, List<Column> columns, List<String> key) {

  public UndeclaredTable {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
  }

  /** What is read, for people. */
  public String title() {
    return connection + "/" + new NamedTable(relation);
  }

  /**
   * A column.
   *
   * @param name as the database has it
   * @param type by the name that definitions have for it; a text where they have none
   * @param databaseType the database's own name for it
   * @param unbounded whether it is a number with more digits than a type of definitions may keep
   * @param required whether the database has a value in each row
   * @param found whether a definition reads it by its name in any case
   */
  public record Column(
      String name,
      String type,
      String databaseType,
      boolean unbounded,
      boolean required,
      boolean found) {

    /** Its name as names of fields are compared. */
    public String field() {
      return FieldName.plain(name);
    }
  }

  /**
   * Asks the database; no row is read.
   *
   * @param table what is to be declared, for messages
   * @param connection the name of the database in the settings
   * @param relation what it has, as definitions name it
   * @throws io.afp.core.error.AfpException if it can't be reached or has no such table
   */
  public static UndeclaredTable find(
      String table,
      String connection,
      String relation,
      Map<String, ConnectionSettings> connections) {
    TableDef any =
        TableDef.named(table)
            .fromJdbc(connection, jdbc -> jdbc.table(relation))
            .column("any", "string")
            .build();
    try (SourceSession session = SourceSession.open(any, connections)) {
      return of(session, relation);
    }
  }

  private static UndeclaredTable of(SourceSession session, String relation) {
    try {
      List<Column> columns =
          session.columns().all().stream().map(column -> column(session, column)).toList();
      List<String> key = session.primaryKey(new NamedTable(relation));
      return new UndeclaredTable(session.source().connection(), relation, columns, key);
    } catch (SQLException e) {
      throw session.connector().failure("look at " + session.source().title(), e);
    }
  }

  private static Column column(SourceSession session, SourceColumn column) {
    boolean unbounded = column.kind() == SourceColumn.Kind.DECIMAL && !column.isBounded();
    return new Column(
        column.name(),
        unbounded ? "string" : session.dialect().declaredType(column),
        column.typeName(),
        unbounded,
        !column.nullable(),
        session.columns().find(FieldName.plain(column.name())).equals(Optional.of(column)));
  }
}
