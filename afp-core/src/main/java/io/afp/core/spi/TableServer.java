package io.afp.core.spi;

import io.afp.core.definition.ServeDef;
import io.afp.core.definition.TableDef;
import io.afp.core.ledger.Database;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Brings a table to where people query it. */
public interface TableServer {

  /**
   * Makes the served rows equal to these, in one transaction that also records the release. Serving
   * a release again, or an older one than is served, changes nothing.
   */
  Served serve(Request request);

  /**
   * What to serve.
   *
   * @param rows all rows of the table as of the release; reading them again gives the same rows
   * @param account the serving database
   */
  record Request(
      TableDef table,
      ServeDef serve,
      Dataset<Row> rows,
      long release,
      UUID runId,
      Database.Account account) {}

  /** What was copied. */
  record Served(long rows, long bytes) {}
}
