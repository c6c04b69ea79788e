package io.afp.examples;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.afp.core.definition.CheckBuilder;
import io.afp.core.definition.Interval;
import io.afp.core.definition.IntervalUnit;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.TableBuilder;
import io.afp.core.definition.TableDef;
import io.afp.core.job.Job;
import io.afp.core.spi.Model;
import io.afp.core.spi.ModelContext;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A pipeline without a file of YAML or SQL: how late flights leave, hour by hour. */
public final class BusyHours {

  private BusyHours() {}

  /** The pipeline, reading the data of the example flights. */
  public static PipelineDef pipeline(Path flights) {
    return PipelineDef.named("busy_hours")
        .description("How late flights leave New York, hour by hour")
        .interval(IntervalUnit.MONTH, ZoneId.of("America/New_York"))
        .folder(flights)
        .table(departures())
        .table(hours())
        .build();
  }

  private static TableBuilder departures() {
    return TableDef.named("busy.departure")
        .fromCsv("data/flights/${interval:yyyy-MM}.csv.gz", csv -> csv.nullValues("NA"))
        .column("year", "int", c -> c.required())
        .column("month", "int", c -> c.required())
        .column("day", "int", c -> c.required())
        .column("hour", "int", c -> c.required().check(CheckBuilder.between("0", "23")))
        .column("origin", "string", c -> c.required().check(CheckBuilder.in("EWR", "JFK", "LGA")))
        .column("dep_delay", "int", c -> c.description("Null when the flight never left"))
        .column("flight_date", "date", c -> c.required().expr("make_date(year, month, day)"))
        .partitionBy("month(flight_date)")
        .replaceIntervals("flight_date");
  }

  private static TableBuilder hours() {
    return TableDef.named("busy.hour")
        .model(Hours.class)
        .column("origin", "string", c -> c.required())
        .column("flight_date", "date", c -> c.required())
        .column("hour", "int", c -> c.required())
        .column("flights", "long", c -> c.required())
        .column("avg_dep_delay", "double")
        .key("origin", "flight_date", "hour")
        .partitionBy("month(flight_date)")
        .replaceIntervals("flight_date")
        .check(CheckBuilder.rowsFrom(1))
        .serve("busy.hour");
  }

  /** Fills {@code busy.hour}. */
  public static final class Hours implements Model {

    @Override
    public Set<String> reads() {
      return Set.of("busy.departure");
    }

    @Override
    public Dataset<Row> rows(ModelContext context) {
      Interval.Bounds month = context.bounds();
      return context
          .table("busy.departure")
          .where(col("flight_date").geq(month.start()).and(col("flight_date").lt(month.end())))
          .groupBy("origin", "flight_date", "hour")
          .agg(count(lit(1)).as("flights"), avg("dep_delay").as("avg_dep_delay"));
    }
  }

  /** Takes the arguments of every job; run it by spark-submit. */
  public static void main(String[] args) {
    Job.of(pipeline(Path.of("afp-examples/flights"))).main(args);
  }
}
