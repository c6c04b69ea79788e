package io.afp.ingestion.custom;

import io.afp.core.definition.Interval;
import io.afp.core.spi.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Readings that a query in a file of the pipeline gives; their state is its text. */
public final class Meter implements Source {

  @Override
  public Dataset<Row> rows(SparkSession session, Asked asked) throws Exception {
    String sql = Files.readString(query(asked)).replace(":unit", asked.arguments().get("unit"));
    return session.sql(sql);
  }

  @Override
  public Optional<String> version(Asked asked) throws Exception {
    String state = asked.interval().map(Interval::label).orElse("all");
    return Files.exists(query(asked))
        ? Optional.of(state + "=" + Files.readString(query(asked)).hashCode())
        : Optional.empty();
  }

  private static Path query(Asked asked) {
    return asked.folder().resolve("readings.sql");
  }
}
