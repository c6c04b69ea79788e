package io.afp.core.lake;

import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;
import scala.collection.JavaConverters;

/** Files, as Spark reads a table, of which some records can be read without the others. */
public interface PickedRecords extends Table {

  /** The same files with nothing but the records that begin at these places. */
  PickedRecords only(RecordPlaces places);

  /**
   * Rows whose files are read for some records alone.
   *
   * @param rows each of them made of one record
   */
  static Dataset<Row> of(Dataset<Row> rows, Optional<RecordPlaces> places) {
    return places
        .map(
            only ->
                Dataset.ofRows(rows.sparkSession(), read(rows.queryExecution().analyzed(), only)))
        .orElse(rows);
  }

  private static LogicalPlan read(LogicalPlan plan, RecordPlaces places) {
    if (plan instanceof DataSourceV2Relation files
        && files.table() instanceof PickedRecords records) {
      return new DataSourceV2Relation(
          records.only(places),
          files.output(),
          files.catalog(),
          files.identifier(),
          files.options());
    }
    return plan.withNewChildren(
        JavaConverters.asScalaBuffer(
            JavaConverters.seqAsJavaList(plan.children()).stream()
                .map(child -> read(child, places))
                .toList()));
  }
}
