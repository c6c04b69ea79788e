package io.afp.ingestion.csv;

import io.afp.ingestion.csv.RecordStarts.Look;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/** Scans parts of files by tasks of Spark, all parts of a file at once. */
record TaskScans(
    SparkSession session, CsvFormat format, Broadcast<SerializableConfiguration> hadoop)
    implements PartScans {

  @Override
  public List<Look> all(FoundFile file, List<Part> parts) {
    Broadcast<SerializableConfiguration> conf = hadoop;
    CsvFormat read = format;
    return Shipped.made(
        session, parts, one -> new RecordStarts(conf.value().value(), read, file).of(one));
  }

  @Override
  public Look again(FoundFile file, Part part) {
    Broadcast<SerializableConfiguration> conf = hadoop;
    CsvFormat read = format;
    List<Look> found =
        Shipped.made(
            session,
            List.of(part),
            again -> new RecordStarts(conf.value().value(), read, file).from(again));
    return found.get(0);
  }
}
