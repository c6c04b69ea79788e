package io.afp.ingestion.csv;

import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/** Makes the readers of tasks. */
record CsvReaderFactory(
    CsvFiles files, StructType required, Broadcast<SerializableConfiguration> hadoop)
    implements PartitionReaderFactory {

  @Override
  public PartitionReader<InternalRow> createReader(InputPartition partition) {
    CsvText text = new CsvText(hadoop.value().value(), files.format());
    return new CsvRows(files, required, text, ((CsvPartition) partition).slices());
  }
}
