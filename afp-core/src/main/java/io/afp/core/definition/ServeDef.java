package io.afp.core.definition;

import java.util.List;

/**
 * Where a table is served in Postgres.
 *
 * @param target schema and name in the serving database
 * @param indexes the columns of each index
 * @param grants the roles that may read it
 */
public record ServeDef(
    TableName target, ServeMode mode, List<List<String>> indexes, List<String> grants) {

  /** How the served rows are brought up to date. */
  public enum ServeMode {
    /** A full copy is built beside the served one and takes its place in one transaction. */
    SWAP,
    /** Only rows that differ are written, and rows that are no longer there are deleted. */
    UPSERT
  }

  public ServeDef {
    indexes = indexes.stream().map(List::copyOf).toList();
    grants = List.copyOf(grants);
  }
}
