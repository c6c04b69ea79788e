package io.afp.core.jdbc;

import io.afp.core.definition.JdbcSourceDef.NamedTable;
import io.afp.core.definition.JdbcSourceDef.Query;
import io.afp.core.definition.JdbcSourceDef.Relation;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Collectors;

/**
 * Writes names for a database, always quoted: nothing of a definition but a query of the user gets
 * into a statement as it is.
 */
public record Identifiers(String quote) {

  /** As the driver says. */
  public static Identifiers of(Connection connection) throws SQLException {
    String quote = connection.getMetaData().getIdentifierQuoteString();
    return new Identifiers(quote == null || quote.isBlank() ? "\"" : quote.strip());
  }

  /** A name in quotes. */
  public String quoted(String name) {
    return quote + name.replace(quote, quote + quote) + quote;
  }

  /** What is read, as it stands behind FROM. */
  public String from(Relation relation) {
    if (relation instanceof Query query) {
      return "(" + query.body() + "\n) afp_source"; // the query may end with a comment
    }
    return ((NamedTable) relation)
        .parts().stream().map(this::quoted).collect(Collectors.joining("."));
  }
}
