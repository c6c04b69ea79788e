package io.afp.serving;

import static io.afp.serving.Statements.execute;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the table that is loaded where it is served: the first load of an {@code upsert}, and each
 * one whose columns, key or indexes are declared otherwise than before. The rights that roles had
 * stay.
 */
record TableMove(ServingSql sql) implements Change {

  @Override
  public List<String> finish() {
    return sql.keyIndexesAndStatistics();
  }

  /**
   * Long enough for Postgres to take the lock from its own housekeeping, which it does after 1 s.
   */
  @Override
  public String patience() {
    return "3s";
  }

  @Override
  public void apply(Connection connection) throws SQLException {
    Occupant occupant = Occupant.ours(connection, sql);
    List<String> rights = Occupant.rights(connection, sql);
    List<String> statements = new ArrayList<>(occupant.drop(sql));
    statements.addAll(sql.moveData());
    statements.addAll(rights);
    execute(connection, statements);
  }
}
