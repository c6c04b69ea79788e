package io.afp.serving;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** How the served rows become those that were loaded. */
interface Change {

  /** What is done to the loaded rows before, while nobody waits for it. */
  List<String> finish();

  /** How long it may wait for a lock, as Postgres writes it; meanwhile readers may wait too. */
  String patience();

  /** Makes the loaded rows the served ones, in the transaction of the caller. */
  void apply(Connection connection) throws SQLException;
}
