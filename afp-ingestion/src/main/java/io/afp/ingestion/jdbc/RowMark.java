package io.afp.ingestion.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * What tells rows from others, beside their number. {@link #NAME} is the name of what is taken of
 * each row, for what is made of all.
 *
 * @param ofRow what of each row is taken
 * @param ofAll what is made of all, no matter in which order they come
 * @param column whose values that are; empty for numbers
 */
record RowMark(String ofRow, List<String> ofAll, Optional<SourceColumn> column) {

  static final String NAME = "afp_mark";

  private static final String CHECKSUM = "checksum ";

  /** The sum of a number for each row. */
  static RowMark checksum(String ofRow) {
    return new RowMark(ofRow, List.of("sum(%s)".formatted(NAME)), Optional.empty());
  }

  /** Whether a state has one; others have bounds, or no rows. */
  static boolean isChecksum(String state) {
    return state.contains(", " + CHECKSUM);
  }

  /** The smallest and the greatest value of a column. */
  static RowMark bounds(Dialect dialect, SourceColumn column) {
    List<String> bounds = List.of("min(%s)".formatted(NAME), "max(%s)".formatted(NAME));
    return new RowMark(dialect.quoted(column), bounds, Optional.of(column));
  }

  /** What it says of rows, whose answer begins at a place of a row. */
  String said(Dialect dialect, ResultSet row, int place) throws SQLException {
    return column.isEmpty()
        ? CHECKSUM + row.getString(place)
        : "%s to %s"
            .formatted(
                dialect.shown(column.get(), row, place),
                dialect.shown(column.get(), row, place + 1));
  }
}
