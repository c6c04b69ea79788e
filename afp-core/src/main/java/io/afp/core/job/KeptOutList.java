package io.afp.core.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.TableDef;
import io.afp.core.lake.Contract.Conformed;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;

/** Counts rows that are kept beside tables: by table and interval, and there by reason. */
@Command(name = "kept-out-list")
final class KeptOutList extends KeptOutReading {

  KeptOutList(KeptOut rows) {
    super(rows);
  }

  @Override
  ObjectNode read(SparkSession session, PipelineDef pipeline, List<TableDef> sources) {
    ObjectNode data = JSON.createObjectNode().put("pipeline", pipeline.name());
    ArrayNode tables = data.putArray("tables");
    ArrayNode reasons = data.putArray("reasons");
    for (TableDef table : sources) {
      stored(session, table)
          .ifPresent(
              rejects -> {
                counted(rejects, Conformed.INTERVAL_START)
                    .forEach(row -> describe(row, table, pipeline, tables.addObject()));
                counted(byReason(rejects), Conformed.INTERVAL_START, "column", "reason")
                    .forEach(row -> reason(row, table, pipeline, reasons.addObject()));
              });
    }
    return data;
  }

  /** A row for each reason of each reject. */
  private static Dataset<Row> byReason(Dataset<Row> rejects) {
    return rejects
        .select(col(Conformed.INTERVAL_START), explode(col("reasons")).as("r"))
        .select(col(Conformed.INTERVAL_START), col("r.column"), col("r.reason"));
  }

  private static List<Row> counted(Dataset<Row> rows, String first, String... more) {
    return rows.groupBy(first, more)
        .agg(count(lit(1)).as("rows"))
        .orderBy(first, more)
        .collectAsList();
  }

  private static ObjectNode describe(
      Row row, TableDef table, PipelineDef pipeline, ObjectNode node) {
    return node.put("table", table.name().toString())
        .put("interval", interval(row, pipeline))
        .put("rows", row.<Long>getAs("rows"));
  }

  private static void reason(Row row, TableDef table, PipelineDef pipeline, ObjectNode node) {
    describe(row, table, pipeline, node)
        .put("column", row.<String>getAs("column"))
        .put("reason", row.<String>getAs("reason"));
  }
}
