package io.afp.ingestion.csv;

import io.afp.ingestion.csv.RecordStarts.Look;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
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
    return tasks(parts)
        .map(part -> new RecordStarts(conf.value().value(), read, file).of(part))
        .collect();
  }

  @Override
  public Look again(FoundFile file, Part part) {
    Broadcast<SerializableConfiguration> conf = hadoop;
    CsvFormat read = format;
    return tasks(List.of(part))
        .map(again -> new RecordStarts(conf.value().value(), read, file).from(again))
        .first();
  }

  private JavaRDD<Part> tasks(List<Part> parts) {
    return JavaSparkContext.fromSparkContext(session.sparkContext())
        .parallelize(parts, parts.size());
  }
}
