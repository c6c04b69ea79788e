package io.afp.ingestion.csv;

import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;

/** Writes one column of a record's row. Not thread-safe. */
interface Cell {

  void write(RecordScanner record, UnsafeRowWriter row, int ordinal);
}
