package io.afp.examples;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;

import io.afp.core.spi.Model;
import io.afp.core.spi.ModelContext;
import io.afp.transform.blocks.AsOfJoin;
import io.afp.transform.blocks.Sessionize;
import io.afp.transform.blocks.SurrogateKey;
import java.time.Duration;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Each departure in the rotation of its plane, with the last landing of the plane before it; fills
 * {@code core.leg} of the pipeline {@code rotations}.
 */
public final class Legs implements Model {

  /** A plane that leaves later than this after its last departure begins another rotation. */
  private static final Duration TURN = Duration.ofHours(6);

  @Override
  public Set<String> reads() {
    return Set.of("core.flight");
  }

  @Override
  public Dataset<Row> rows(ModelContext context) {
    Dataset<Row> departures = departures(context.table("core.flight"));
    Dataset<Row> inRotations =
        Sessionize.by("tailnum")
            .at("dep_at")
            .gap(TURN)
            .as("rotation", "rotation_id")
            .of(departures);
    return AsOfJoin.on("tailnum")
        .times("dep_at", "landed_at")
        .within(TURN)
        .of(inRotations.withColumn("still_flying", stillFlying()), landings(departures))
        .withColumn("leg", leg())
        .selectExpr(
            "leg_id",
            "rotation_id",
            "leg",
            "tailnum",
            "carrier",
            "flight",
            "origin",
            "dest",
            "flight_date",
            "dep_at",
            "dep_delay_min",
            "landed_at",
            "landed_in",
            "landed_late_min",
            "still_flying");
  }

  private static Dataset<Row> departures(Dataset<Row> flights) {
    Column id =
        SurrogateKey.of(
            flights.schema(), "flight_date", "carrier", "flight", "origin", "sched_dep_at");
    return flights.where("not cancelled").withColumn("leg_id", id);
  }

  /** The arrival of a diverted flight is a guess, and nobody knows how late it was. */
  private static Dataset<Row> landings(Dataset<Row> departures) {
    return departures
        .where("not diverted")
        .selectExpr(
            "tailnum",
            "arr_at as landed_at",
            "dest as landed_in",
            "arr_delay_min as landed_late_min");
  }

  private static Column stillFlying() {
    Column landings = when(not(col("diverted")), col("arr_at"));
    Column latest =
        max(landings)
            .over(
                Window.partitionBy("tailnum")
                    .orderBy("dep_at", "leg_id")
                    .rowsBetween(Window.unboundedPreceding(), Window.currentRow() - 1));
    return coalesce(latest.gt(col("dep_at")), lit(false));
  }

  private static Column leg() {
    return row_number().over(Window.partitionBy("rotation_id").orderBy("dep_at", "leg_id"));
  }
}
