package io.afp.examples;

import static org.apache.spark.sql.functions.col;

import io.afp.core.spi.Model;
import io.afp.core.spi.ModelContext;
import io.afp.transform.blocks.Deduplicate;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The last departure of each plane; fills {@code core.plane_last_seen} of the pipeline {@code
 * rotations}.
 */
public final class PlanesLastSeen implements Model {

  @Override
  public Set<String> reads() {
    return Set.of("core.leg");
  }

  @Override
  public Dataset<Row> rows(ModelContext context) {
    return Deduplicate.by("tailnum")
        .first(col("dep_at").desc())
        .of(context.table("core.leg"))
        .selectExpr(
            "tailnum",
            "carrier",
            "rotation_id",
            "dep_at as left_at",
            "origin as left_from",
            "dest as left_for");
  }
}
