package io.afp.core.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.afp.core.definition.MetadataDef;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Says of rows where they come from.
 *
 * @param folder that of the pipeline: files below it are called as the ledger calls them
 * @param moment the same for all rows of an attempt
 */
public record MetadataColumns(Path folder, UUID run, Instant moment) {

  /**
   * Adds the columns that are declared. Rows without {@link RawRows#FILE} have no source: null.
   *
   * @param rows with their other columns
   */
  public Dataset<Row> addTo(Dataset<Row> rows, MetadataDef declared) {
    Dataset<Row> added = rows;
    if (declared.runId().isPresent()) {
      added = added.withColumn(declared.runId().get(), lit(run.toString()));
    }
    if (declared.ingestedAt().isPresent()) {
      added = added.withColumn(declared.ingestedAt().get(), lit(moment));
    }
    if (declared.source().isPresent()) {
      added = added.withColumn(declared.source().get(), source(rows));
    }
    return added;
  }

  private Column source(Dataset<Row> rows) {
    boolean known = Arrays.asList(rows.columns()).contains(RawRows.FILE);
    return known ? named(col(RawRows.FILE)) : lit(null).cast("string");
  }

  /** A local file without its scheme, relative to the pipeline where it lies below it. */
  private Column named(Column address) {
    String local = "file:/";
    String below = "file:" + folder.toAbsolutePath().normalize() + "/";
    return when(address.startsWith(below), after(below.length()))
        .when(address.startsWith(local), after(local.length() - 1))
        .otherwise(address);
  }

  private static Column after(int characters) {
    return col(RawRows.FILE).substr(lit(characters + 1), length(col(RawRows.FILE)));
  }
}
