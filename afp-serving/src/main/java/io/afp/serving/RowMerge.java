package io.afp.serving;

import static io.afp.serving.Statements.execute;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the served table to the rows that are loaded: rows that are no longer there are deleted,
 * new and different ones are written, equal ones are not touched.
 */
record RowMerge(ServingSql sql) implements Change {

  private static final Logger log = LoggerFactory.getLogger(RowMerge.class);

  @Override
  public List<String> finish() {
    return sql.keyAndStatistics();
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
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql.lockTarget());
      int deleted = statement.executeUpdate(sql.deleteVanished());
      int written = statement.executeUpdate(sql.writeChanged());
      log.info("{}: {} rows written, {} deleted", sql.target(), written, deleted);
    }
    execute(connection, List.of(sql.drop()));
  }
}
