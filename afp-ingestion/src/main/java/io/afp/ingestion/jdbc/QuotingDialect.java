package io.afp.ingestion.jdbc;

import io.afp.core.jdbc.Identifiers;
import org.apache.spark.sql.jdbc.JdbcDialect;
import org.apache.spark.sql.jdbc.JdbcDialects;

/**
 * Has Spark write names as a database wants them. In double quotes, as it writes them for one that
 * it does not know, a name is a text to some, and each row would have its columns' names as values.
 */
final class QuotingDialect extends JdbcDialect {

  private static final long serialVersionUID = 1;

  private final String scheme;
  private final Identifiers identifiers;

  private QuotingDialect(String scheme, Identifiers identifiers) {
    this.scheme = scheme;
    this.identifiers = identifiers;
  }

  /** Teaches Spark the names of a database. */
  static synchronized void teach(String uri, Identifiers identifiers) {
    String known = JdbcDialects.get(uri).quoteIdentifier("a");
    if (known.equals("\"a\"") && !known.equals(identifiers.quoted("a"))) {
      String scheme = uri.substring(0, uri.indexOf(':', "jdbc:".length()) + 1);
      JdbcDialects.registerDialect(new QuotingDialect(scheme, identifiers));
    }
  }

  @Override
  public boolean canHandle(String url) {
    return url.startsWith(scheme);
  }

  @Override
  public String quoteIdentifier(String name) {
    return identifiers.quoted(name);
  }
}
