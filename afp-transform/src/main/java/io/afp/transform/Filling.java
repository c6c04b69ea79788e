package io.afp.transform;

import io.afp.core.definition.Interval;
import io.afp.core.definition.ModelDef;
import io.afp.core.definition.TableDef;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.spi.Inputs;
import io.afp.core.spi.Stage.InputRequest;
import java.util.Optional;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** How the rows of a table are made. */
sealed interface Filling permits QueryFilling, ClassFilling {

  /**
   * What the rows depend on.
   *
   * @throws AfpException if the model can't be used, or reads a table that is not known
   */
  Inputs inputs(InputRequest request);

  /** The rows of a range of time, or of the whole table; no row is made yet. */
  Dataset<Row> rows(SparkSession session, Optional<Interval> range);

  /**
   * Why rows of several intervals have to be made interval by interval; empty when that gives the
   * same rows.
   *
   * @param rows of the range
   */
  Optional<String> obstacle(Dataset<Row> rows, Interval range);

  /**
   * What fills a table.
   *
   * @throws AfpException if it is a program, which no declared pipeline can run
   */
  static Filling of(TableDef table) {
    ModelDef model = table.model().orElseThrow();
    if (model instanceof ModelDef.Query query) {
      return new QueryFilling(table, query);
    }
    if (model instanceof ModelDef.JavaClass java) {
      return new ClassFilling(table, java);
    }
    throw new AfpException(
        ErrorCode.CONTRADICTION,
        "Cannot fill table %s: a program of its own fills it".formatted(table.name()),
        "Run that program, or give the table a query or a model.");
  }

  /** What Spark says against a model. */
  static AfpException analysis(ModelDef model, Location location, AnalysisException e) {
    return AfpException.at(
        location,
        ErrorCode.SQL_ANALYSIS,
        "Cannot run %s: %s"
            .formatted(model.title(), e.getMessage().strip().lines().findFirst().orElse("")),
        "Correct the model, or the declaration of the table that it reads.",
        e);
  }
}
