package io.afp.ingestion.csv;

import io.afp.core.lake.RecordPlaces;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/** A read of some columns of CSV files. */
final class CsvScan implements Scan, Batch, SupportsReportStatistics {

  private final SparkSession session = SparkSession.active();
  private final CsvFiles files;
  private final FoundSlices found;
  private final Optional<RecordPlaces> only;
  private final StructType required;
  private Broadcast<SerializableConfiguration> hadoop;

  /**
   * A read.
   *
   * @param only the records that are read; empty for all
   */
  CsvScan(CsvFiles files, FoundSlices found, Optional<RecordPlaces> only, StructType required) {
    this.files = files;
    this.found = found;
    this.only = only;
    this.required = required;
  }

  @Override
  public StructType readSchema() {
    return required;
  }

  @Override
  public String description() {
    return "afp-csv [files=%d, columns=%d]".formatted(found.files().size(), required.size());
  }

  @Override
  public Batch toBatch() {
    return this;
  }

  @Override
  public synchronized InputPartition[] planInputPartitions() {
    SliceSizes sizes = SliceSizes.of(session, found.files());
    List<CsvSlice> all = found.of(session, hadoop(), sizes.most());
    List<CsvSlice> read = only.map(places -> only(all, places)).orElse(all);
    return sizes.packed(read).toArray(InputPartition[]::new);
  }

  private static List<CsvSlice> only(List<CsvSlice> slices, RecordPlaces places) {
    return slices.stream()
        .map(slice -> slice.only(places))
        .filter(slice -> !slice.only().isEmpty())
        .toList();
  }

  @Override
  public synchronized PartitionReaderFactory createReaderFactory() {
    return new CsvReaderFactory(files, required, hadoop());
  }

  private Broadcast<SerializableConfiguration> hadoop() {
    if (hadoop == null) {
      hadoop = Shipped.hadoop(session);
    }
    return hadoop;
  }

  @Override
  public Statistics estimateStatistics() {
    long size = found.files().stream().mapToLong(FoundFile::textSize).sum();
    return new Statistics() {
      @Override
      public OptionalLong sizeInBytes() {
        return OptionalLong.of(size);
      }

      @Override
      public OptionalLong numRows() {
        return OptionalLong.empty();
      }
    };
  }
}
