package io.afp.ingestion.jdbc;

import io.afp.core.jdbc.Identifiers;
import io.afp.ingestion.jdbc.SourceColumn.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * HSQLDB, which mixes up the texts of a day and a time that two connections ask for at once: here
 * they are made of their values.
 */
final class HsqlDialect extends Dialect {

  HsqlDialect(Identifiers identifiers) {
    super(identifiers, false, Optional.empty());
  }

  @Override
  String value(SourceColumn column, ResultSet row, int place) throws SQLException {
    return column.kind() == Kind.DATE
        ? Values.text(row.getDate(place))
        : super.value(column, row, place);
  }

  @Override
  String shown(SourceColumn column, ResultSet row, int place) throws SQLException {
    return value(column, row, place);
  }
}
