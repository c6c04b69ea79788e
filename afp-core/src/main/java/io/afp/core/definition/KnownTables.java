package io.afp.core.definition;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The tables that a definition may refer to. */
interface KnownTables {

  /** Their names, as far as they can be listed. */
  Collection<TableName> names();

  /**
   * The columns of a table, or an empty list if they are not known; empty if there is no such
   * table.
   */
  Optional<List<String>> columns(TableName table);
}
