package io.afp.core.lake;

import io.afp.core.definition.TableDef;
import io.afp.core.ledger.Metric;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Measures metrics in the pass that writes a table. */
public interface WriteObserver {

  /** What to measure for a table; may be empty. */
  Measurement observe(TableDef table, StructType schema);

  /** A set of aggregates over the written rows. */
  interface Measurement {

    /**
     * The aggregates, legal inside {@code Dataset.observe}: no window, no DISTINCT, no FILTER. A
     * column that can't be resolved would fail the write, so an implementation leaves such rules
     * out.
     */
    List<Column> columns();

    /**
     * Reads the result of {@link #columns()}, in the same order, from position {@code offset} of
     * the row.
     */
    List<Metric> read(Row row, int offset);
  }
}
