package io.afp.core.job;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import java.util.Locale;

/** What is kept beside a table of the rows that did not get into it. */
enum KeptOut {
  /** Rows that broke the contract of a source. */
  REJECTS,
  /** Rows that broke a check which keeps them out. */
  QUARANTINE;

  /** The table that has them. */
  TableName of(TableName table) {
    return this == REJECTS ? table.rejects() : table.quarantine();
  }

  /** Whether a table may have some; checks of earlier times may have kept them out. */
  boolean mayBeOf(TableDef table) {
    return this == QUARANTINE || table.source().isPresent();
  }

  /** The column that says when a row was judged last. */
  String moment() {
    return this == REJECTS ? "rejected_at" : "quarantined_at";
  }

  /** The field of a record that a column is written as. */
  String field(ColumnDef column) {
    return this == REJECTS ? column.field() : column.name();
  }

  /** The name of the command, and what messages call it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
