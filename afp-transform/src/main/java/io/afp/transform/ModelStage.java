package io.afp.transform;

import io.afp.core.definition.Interval;
import io.afp.core.definition.TableDef;
import io.afp.core.error.Problem;
import io.afp.core.lake.ReadTables;
import io.afp.core.ledger.Phase;
import io.afp.core.spi.Filled;
import io.afp.core.spi.Inputs;
import io.afp.core.spi.Stage;
import io.afp.core.spi.StepContext;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills a table by its query or its class: once, and in one commit, for each contiguous range of
 * units where that gives the rows that asking for each unit gives, else for each unit.
 */
public final class ModelStage implements Stage {

  private static final Logger log = LoggerFactory.getLogger(ModelStage.class);

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
    Set<Problem> warned = new HashSet<>();
    long rows = 0;
    for (Optional<Interval> range : step.ranges()) {
      rows += fill(step, range, warned);
    }
    return Filled.of(rows);
  }

  /** Gives the number of rows. */
  private static long fill(StepContext step, Optional<Interval> range, Set<Problem> warned) {
    Dataset<Row> rows = rows(step.session(), step.table(), range);
    if (range.isPresent() && range.get().units().size() > 1) {
      Optional<String> obstacle = Filling.of(step.table()).obstacle(rows, range.get());
      if (obstacle.isPresent()) {
        log.info("{} is filled one interval at a time: {}", step.table().name(), obstacle.get());
        return range.get().units().stream()
            .mapToLong(unit -> fill(step, Optional.of(unit), warned))
            .sum();
      }
    }
    Unsteady.in(step.table(), rows).filter(warned::add).ifPresent(step::warn);
    step.markRead(ReadTables.of(rows));
    return step.write(rows, range).rows();
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
