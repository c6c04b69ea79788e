package io.afp.transform;

import io.afp.core.definition.Interval;
import io.afp.core.definition.TableDef;
import io.afp.core.ledger.Phase;
import io.afp.core.spi.Filled;
import io.afp.core.spi.Inputs;
import io.afp.core.spi.Stage;
import io.afp.core.spi.StepContext;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Fills a table by its query or its class: once, and in one commit, for each contiguous range of
 * units.
 */
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
    return Filling.of(request.table()).inputs(request);
  }

  @Override
  public StructType analyze(SparkSession session, TableDef table, Optional<Interval> range) {
    return rows(session, table, range).schema();
  }

  @Override
  public Filled fill(StepContext step) {
    step.markRead(step.inputs().tables());
    if (step.table().isView()) {
      return makeView(step);
    }
    long rows = 0;
    for (Optional<Interval> range : step.ranges()) {
      Dataset<Row> selected = rows(step.session(), step.table(), range);
      if (range.equals(step.ranges().get(0))) {
        Unsteady.in(step.table(), selected).ifPresent(step::warn);
      }
      step.markRead(ReadTables.of(selected));
      rows += step.write(selected, range).rows();
    }
    return Filled.of(rows);
  }

  private static Filled makeView(StepContext step) {
    step.markRead(ReadTables.of(rows(step.session(), step.table(), Optional.empty())));
    step.makeView();
    return Filled.of(0);
  }

  private static Dataset<Row> rows(SparkSession session, TableDef table, Optional<Interval> range) {
    Dataset<Row> rows = Filling.of(table).rows(session, range);
    ModelOutput.requireDeclared(table, rows.schema());
    return rows;
  }
}
