package io.afp.ingestion.csv;

import io.afp.core.lake.RecordPlaces;
import java.util.Optional;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.types.StructType;

/** Reads no more columns than are asked for. */
final class CsvScanBuilder implements SupportsPushDownRequiredColumns {

  private final CsvFiles files;
  private final FoundSlices found;
  private final Optional<RecordPlaces> only;
  private StructType required;

  CsvScanBuilder(CsvFiles files, FoundSlices found, Optional<RecordPlaces> only, StructType all) {
    this.files = files;
    this.found = found;
    this.only = only;
    this.required = all;
  }

  @Override
  public void pruneColumns(StructType asked) {
    required = asked;
  }

  @Override
  public Scan build() {
    return new CsvScan(files, found, only, required);
  }
}
