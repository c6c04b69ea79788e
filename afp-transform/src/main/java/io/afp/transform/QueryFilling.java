package io.afp.transform;

import io.afp.core.definition.Interval;
import io.afp.core.definition.ModelDef;
import io.afp.core.definition.TableDef;
import io.afp.core.error.Location;
import io.afp.core.spi.Inputs;
import io.afp.core.spi.Stage.InputRequest;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Rows that a query makes. */
record QueryFilling(TableDef table, ModelDef.Query query) implements Filling {

  @Override
  public Inputs inputs(InputRequest request) {
    SqlQuery parsed = SqlQuery.parse(query);
    if (table.isView()) {
      Parameters.requireNone(table, query, parsed.plan());
    }
    return Inputs.ofTables(parsed.tables(query, request.known()));
  }

  @Override
  public Dataset<Row> rows(SparkSession session, Optional<Interval> range) {
    try {
      return session.sql(query.sql(), parameters(range));
    } catch (Exception e) { // AnalysisException is checked, but Scala does not declare it
      if (e instanceof AnalysisException analysis) {
        throw Filling.analysis(query, place(analysis), analysis);
      }
      throw e;
    }
  }

  @Override
  public Optional<String> obstacle(Dataset<Row> rows, Interval range) {
    return Parameters.areInFiltersOnly(SqlQuery.parse(query).plan())
        ? obstacle(table, rows, range)
        : Optional.of(Separable.MISUSED);
  }

  static Optional<String> obstacle(TableDef table, Dataset<Row> rows, Interval range) {
    return Separable.obstacle(
        rows.queryExecution().analyzed(),
        table.intervalColumn().orElseThrow().name(),
        range,
        bounds(table, range));
  }

  private Map<String, Object> parameters(Optional<Interval> range) {
    if (range.isEmpty()) {
      return Map.of();
    }
    Interval.Bounds bounds = bounds(table, range.get());
    return Map.of("interval_start", bounds.start(), "interval_end", bounds.end());
  }

  static Interval.Bounds bounds(TableDef table, Interval range) {
    return range.boundsFor(table.intervalColumn().orElseThrow().type().kind());
  }

  private Location place(AnalysisException e) {
    int line = e.line().isDefined() ? (Integer) e.line().get() : 0;
    return new Location(query.file(), line, "");
  }
}
