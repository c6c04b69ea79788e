package io.afp.bench.quality;

import static org.apache.spark.sql.functions.col;

import io.afp.core.definition.TableDef;
import io.afp.core.lake.Measure;
import io.afp.core.lake.WriteObserver;
import java.util.List;
import org.apache.spark.sql.types.StructType;

/** Measures two approximate numbers of distinct values in the writes of the benchmark. */
public final class DistinctValues implements WriteObserver {

  static final List<String> COLUMNS = List.of("l_partkey", "l_suppkey");

  @Override
  public List<Measure> observe(TableDef table, StructType schema) {
    return table.name().equals(Rules.CHECKED)
        ? COLUMNS.stream().map(c -> Measure.distinct("distinct " + c, col(c))).toList()
        : List.of();
  }
}
