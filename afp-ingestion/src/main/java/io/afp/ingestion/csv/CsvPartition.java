package io.afp.ingestion.csv;

import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;

/** What one task reads. */
record CsvPartition(List<CsvSlice> slices) implements InputPartition {}
