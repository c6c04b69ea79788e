package io.afp.examples;

import io.afp.core.spi.Model;
import io.afp.core.spi.ModelContext;
import io.afp.transform.blocks.AsOfJoin;
import java.time.Duration;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Each flight with the last features of its route, its airport and the weather that were known when
 * it was asked for; fills {@code ml.departure} of the pipeline {@code features}.
 */
public final class DepartureFeatures implements Model {

  @Override
  public Set<String> reads() {
    return Set.of("core.flight", "feature.route", "feature.airport", "feature.weather");
  }

  @Override
  public Dataset<Row> rows(ModelContext context) {
    Dataset<Row> asked = asked(context.table("core.flight"));
    Dataset<Row> withRoute =
        AsOfJoin.on("carrier", "origin", "dest")
            .times("asked_at", "route_known_at")
            .within(Duration.ofDays(7))
            .of(asked, context.table("feature.route"));
    Dataset<Row> withAirport =
        AsOfJoin.on("origin")
            .times("asked_at", "airport_known_at")
            .within(Duration.ofHours(6))
            .of(withRoute, context.table("feature.airport"));
    return AsOfJoin.on("origin")
        .times("asked_at", "weather_known_at")
        .within(Duration.ofHours(3))
        .of(withAirport, context.table("feature.weather"));
  }

  /** What the schedule says, and the label: a feature by anything else would know the label. */
  private static Dataset<Row> asked(Dataset<Row> flights) {
    return flights.selectExpr(
        "flight_date",
        "carrier",
        "flight",
        "origin",
        "dest",
        "sched_dep_at",
        "sched_dep_at - interval 2 hours as asked_at",
        "cancelled or dep_delay_min > 15 as late");
  }
}
