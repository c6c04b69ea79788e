package io.afp.ingestion.csv;

import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.types.StructType;

/** Reads no more columns than are asked for. */
final class CsvScanBuilder implements SupportsPushDownRequiredColumns {

  private final CsvFiles files;
  private final FoundSlices found;
  private StructType required;

  CsvScanBuilder(CsvFiles files, FoundSlices found, StructType all) {
    this.files = files;
    this.found = found;
    this.required = all;
  }

  @Override
  public void pruneColumns(StructType asked) {
    required = asked;
  }

  @Override
  public Scan build() {
    return new CsvScan(files, found, required);
  }
}
