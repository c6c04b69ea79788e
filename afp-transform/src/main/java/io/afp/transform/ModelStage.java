package io.afp.transform;

import io.afp.core.definition.ColumnType;
import io.afp.core.definition.Interval;
import io.afp.core.definition.ModelDef;
import io.afp.core.definition.TableDef;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.ledger.Phase;
import io.afp.core.spi.Filled;
import io.afp.core.spi.Inputs;
import io.afp.core.spi.Stage;
import io.afp.core.spi.StepContext;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Fills a table by its query: one query and one commit for each contiguous range of units. */
public final class ModelStage implements Stage {

  @Override
  public Phase phase() {
    return Phase.TRANSFORM;
  }

  @Override
  public boolean fills(TableDef table) {
    return table.model().isPresent();
  }

  @Override
  public Inputs inputs(InputRequest request) {
    ModelDef model = request.table().model().orElseThrow();
    return Inputs.ofTables(SqlQuery.parse(model).tables(model, request.known()));
  }

  @Override
  public StructType analyze(SparkSession session, TableDef table, Optional<Interval> range) {
    return query(session, table, range).schema();
  }

  @Override
  public Filled fill(StepContext step) {
    step.markRead(step.inputs().tables());
    long rows = 0;
    for (Optional<Interval> range : step.ranges()) {
      Dataset<Row> selected = query(step.session(), step.table(), range);
      step.markRead(ReadTables.of(selected));
      rows += step.write(selected, range).rows();
    }
    return Filled.of(rows);
  }

  private static Dataset<Row> query(
      SparkSession session, TableDef table, Optional<Interval> range) {
    ModelDef model = table.model().orElseThrow();
    Dataset<Row> rows;
    try {
      rows = session.sql(model.sql(), parameters(table, range));
    } catch (Exception e) { // AnalysisException is checked, but Scala does not declare it
      if (e instanceof AnalysisException analysis) {
        throw analysis(model, analysis);
      }
      throw e;
    }
    ModelOutput.requireDeclared(table, model, rows.schema());
    return rows;
  }

  private static Map<String, Object> parameters(TableDef table, Optional<Interval> range) {
    if (range.isEmpty()) {
      return Map.of();
    }
    ColumnType.Kind kind = table.intervalColumn().orElseThrow().type().kind();
    Interval.Bounds bounds = range.get().boundsFor(kind);
    return Map.of("interval_start", bounds.start(), "interval_end", bounds.end());
  }

  private static AfpException analysis(ModelDef model, AnalysisException e) {
    int line = e.line().isDefined() ? (Integer) e.line().get() : 0;
    return AfpException.at(
        new Location(model.file(), line, ""),
        ErrorCode.SQL_ANALYSIS,
        "Cannot run the query: %s".formatted(e.getMessage().strip().lines().findFirst().orElse("")),
        "Correct the query, or the declaration of the table that it reads.");
  }
}
