package io.afp.serving;

import static io.afp.serving.Statements.execute;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;

/**
 * Points the served view to the table that is loaded.
 *
 * <p>A view keeps its rights when it is replaced, but can only gain columns; else it is made anew,
 * and gets back the rights that it had. Views of others on the served view then refuse the load.
 */
record ViewSwap(ServingSql sql) implements Change {

  private static final String COLUMNS_CHANGED = "42P16";

  @Override
  public List<String> finish() {
    return sql.keyIndexesAndStatistics();
  }

  /** Short, because new readers of the view wait behind it. */
  @Override
  public String patience() {
    return "500ms";
  }

  @Override
  public void apply(Connection connection) throws SQLException {
    Occupant occupant = Occupant.ours(connection, sql);
    if (occupant == Occupant.OWN_TABLE) {
      remake(connection, occupant);
      return;
    }
    Savepoint before = connection.setSavepoint();
    try {
      execute(connection, List.of(sql.replaceView()));
    } catch (SQLException e) {
      if (!COLUMNS_CHANGED.equals(e.getSQLState())) {
        throw e;
      }
      connection.rollback(before);
      remake(connection, occupant);
    }
  }

  private void remake(Connection connection, Occupant occupant) throws SQLException {
    List<String> statements = new ArrayList<>(occupant.drop(sql));
    statements.add(sql.replaceView());
    statements.addAll(Occupant.rights(connection, sql));
    execute(connection, statements);
  }
}
