package io.afp.core.definition;

import java.util.Locale;
import java.util.Optional;

/**
 * How rows get into a table.
 *
 * @param intervalColumn the column of type date or timestamp that says to which interval a row
 *     belongs
 * @param onRerun what {@code append} does with an interval that it has written before
 * @param asOf the column that says when a row was true, for {@code upsert} and {@code scd2}
 * @param deleteFlag the boolean column that says that the key is deleted as of then
 * @param onSchemaChange what happens when the table has other columns than are declared
 * @param lookback how many intervals before one that is to be done are done again with it
 */
public record WriteDef(
    WriteMode mode,
    Optional<String> intervalColumn,
    OnRerun onRerun,
    Optional<String> asOf,
    Optional<String> deleteFlag,
    OnSchemaChange onSchemaChange,
    int lookback) {

  /** The write modes; their contracts are in the package of the writer. */
  public enum WriteMode {
    /** Exactly the given rows, for the interval or the whole table. */
    REPLACE,
    /** The given rows beside those that are there. */
    APPEND,
    /** The newest row of each key. */
    UPSERT,
    /** The history of each key, from rows that say when they were true. */
    SCD2,
    /** The history of each key, from full extracts. */
    SNAPSHOT,
    /** No rows of its own: every reader asks the query anew. */
    VIEW;

    /** As it is written in a definition. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether rows are brought together with those of the same key that are there. */
    public boolean merges() {
      return this == UPSERT || keepsHistory();
    }

    /** Whether the table has the versions of a row. */
    public boolean keepsHistory() {
      return this == SCD2 || this == SNAPSHOT;
    }
  }

  /** What {@code append} does with an interval that it has written before. */
  public enum OnRerun {
    REFUSE,
    REPLACE
  }

  /** What happens when a table has other columns than are declared. */
  public enum OnSchemaChange {
    /** Columns are added and types widened; nothing gets lost. */
    EXTEND,
    /** The same, and columns that are no longer declared are dropped. */
    SYNC,
    /** Every difference is an error. */
    FAIL
  }

  /** The whole table is replaced by each run. */
  public static WriteDef replaceAll() {
    return new WriteDef(
        WriteMode.REPLACE,
        Optional.empty(),
        OnRerun.REFUSE,
        Optional.empty(),
        Optional.empty(),
        OnSchemaChange.EXTEND,
        0);
  }

  /** The column with the time in which a row was true; the interval column for an extract. */
  public Optional<String> eventTime() {
    return mode == WriteMode.SNAPSHOT ? intervalColumn : asOf;
  }
}
