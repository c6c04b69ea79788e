package io.afp.ingestion.jdbc;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Finds values of a column between which about equally many rows lie. */
interface RangeFinder {

  /**
   * What is to be divided.
   *
   * @param condition which rows are read; empty for all
   */
  record Task(SourceSession session, SourceColumn by, Optional<String> condition, int count) {

    String where(String more) {
      return condition.map(c -> " WHERE (%s) AND %s".formatted(c, more)).orElse(" WHERE " + more);
    }
  }

  /**
   * The upper bounds of all ranges but the last, as literals, in order; fewer where a value has
   * many rows.
   *
   * @return empty when this way is none here
   */
  Optional<List<String>> bounds(Task task) throws SQLException;
}
