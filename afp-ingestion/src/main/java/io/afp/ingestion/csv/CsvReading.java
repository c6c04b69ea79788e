package io.afp.ingestion.csv;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import scala.Option;

/**
 * A read of CSV files as a dataset that says everything of its records. What the query does not ask
 * for is not read.
 *
 * @param columns the fields, by their names in the header, or all of them by place
 * @param about what is read about records, by the name of its column
 * @param nullValues texts that stand for null
 */
public record CsvReading(
    CsvFormat format, List<CsvColumn> columns, Map<String, About> about, List<String> nullValues) {

  /** The rows of files, of which none is listed again. Nothing is read yet. */
  public Dataset<Row> rows(SparkSession session, List<FoundFile> found) {
    CsvFiles files =
        new CsvFiles(
            format,
            new ArrayList<>(columns),
            new LinkedHashMap<>(about),
            Map.of(),
            Set.copyOf(nullValues),
            ReadMode.PERMISSIVE);
    CsvTable table = new CsvTable(files, found);
    return Dataset.ofRows(
        session,
        DataSourceV2Relation.create(
            table, Option.empty(), Option.empty(), CaseInsensitiveStringMap.empty()));
  }
}
