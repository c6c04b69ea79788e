package io.afp.serving;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.sql.Row;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Copies one partition into the staged table, in a transaction that also records the partition: a
 * second attempt of the same task finds the record and leaves the rows alone.
 */
final class CopyTask implements ForeachPartitionFunction<Row> {

  private static final long serialVersionUID = 1L;
  private static final int CHUNK = 1 << 16;
  private static final String DUPLICATE = "23505";

  private final Target target;
  private final String staged;
  private final String copySql;
  private final ArrayList<String> columns; // a list that can be sent

  CopyTask(Target target, ServingSql sql) {
    this.target = target;
    this.staged = sql.data();
    this.copySql = sql.copy();
    this.columns = new ArrayList<>(sql.columnNames());
  }

  @Override
  public void call(Iterator<Row> rows) throws SQLException {
    try (Connection connection = target.connect()) {
      if (claim(connection)) {
        copy(connection, rows);
        connection.commit();
      }
    }
  }

  /** Inserting first makes a concurrent attempt wait here until this one has ended. */
  private boolean claim(Connection connection) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO afp_serving.part (data_table, partition) VALUES (?, ?)")) {
      insert.setString(1, staged);
      insert.setInt(2, TaskContext.getPartitionId());
      insert.executeUpdate();
      return true;
    } catch (SQLException e) {
      if (DUPLICATE.equals(e.getSQLState())) {
        connection.rollback();
        return false;
      }
      throw e;
    }
  }

  private void copy(Connection connection, Iterator<Row> rows) throws SQLException {
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copySql);
    long bytes;
    try {
      bytes = send(copy, rows);
    } catch (RuntimeException | SQLException e) {
      cancel(copy, e);
      throw e;
    }
    record(connection, copy.endCopy(), bytes);
  }

  private long send(CopyIn copy, Iterator<Row> rows) throws SQLException {
    CopyText text = new CopyText(columns);
    long bytes = 0;
    while (rows.hasNext()) {
      text.row(values(rows.next()));
      if (text.size() >= CHUNK) {
        bytes += send(copy, text.take());
      }
    }
    return bytes + send(copy, text.take());
  }

  private static Object[] values(Row row) {
    Object[] values = new Object[row.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.get(i);
    }
    return values;
  }

  private static int send(CopyIn copy, byte[] chunk) throws SQLException {
    copy.writeToCopy(chunk, 0, chunk.length);
    return chunk.length;
  }

  /** Else the connection stays in its COPY. */
  private static void cancel(CopyIn copy, Exception cause) {
    try {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private void record(Connection connection, long rows, long bytes) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE afp_serving.part SET rows = ?, bytes = ? WHERE data_table = ? AND partition = ?")) {
      update.setLong(1, rows);
      update.setLong(2, bytes);
      update.setString(3, staged);
      update.setInt(4, TaskContext.getPartitionId());
      update.executeUpdate();
    }
  }
}
