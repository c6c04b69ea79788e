package io.afp.quality;

import io.afp.core.definition.CheckDef;
import io.afp.core.definition.TableDef;
import io.afp.core.lake.Measure;
import io.afp.core.lake.WriteObserver;
import java.util.List;
import org.apache.spark.sql.types.StructType;

/** Measures the rules of a table in the pass that writes it. */
public final class ObservedChecks implements WriteObserver {

  /** The name under which the writer counts rows; a check of this name is scanned for. */
  private static final String ROWS = "rows";

  @Override
  public List<Measure> observe(TableDef table, StructType schema) {
    return MeasuredRules.of(table, schema, ObservedChecks::measures).measures();
  }

  /** Whether the metric of a write that has the name of a check is that of the check. */
  static boolean measures(CheckDef check) {
    return !check.name().equals(ROWS);
  }
}
