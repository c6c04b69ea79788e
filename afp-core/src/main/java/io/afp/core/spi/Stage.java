package io.afp.core.spi;

import io.afp.core.definition.Interval;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.definition.Unit;
import io.afp.core.drift.SourceColumns;
import io.afp.core.ledger.LoadedFile;
import io.afp.core.ledger.Phase;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** A layer that fills tables. */
public interface Stage {

  /** The part of a run in which this layer works. */
  Phase phase();

  /** Whether this layer fills the table. */
  boolean fills(TableDef table);

  /**
   * Finds what the content of a table depends on. Called while the run is planned: there is no
   * Spark session yet, and nothing may be written.
   *
   * @throws io.afp.core.error.AfpException if an input is missing or the definition is wrong
   */
  Inputs inputs(InputRequest request);

  /**
   * The same where a unit may be without a file: it is not in the answer then.
   *
   * @throws io.afp.core.error.AfpException if an input can't be listed or the definition is wrong
   */
  default Inputs inputsThatAreThere(InputRequest request) {
    return inputs(request);
  }

  /**
   * The table whose inputs are asked for.
   *
   * @param known the tables that a model may read: those of the pipeline, and those of main
   * @param loaded knows what is in the table
   * @param outside reaches what the settings of the project name
   */
  record InputRequest(
      PipelineDef pipeline,
      TableDef table,
      List<Unit> units,
      Set<TableName> known,
      LoadedBefore loaded,
      Outside outside) {

    /** Reaches file systems. */
    public Configuration hadoop() {
      return outside.hadoop();
    }
  }

  /** Knows what is in a table. */
  @FunctionalInterface
  interface LoadedBefore {

    /** The file as it was when it was loaded for the unit; empty when it was not. */
    Optional<LoadedFile> file(Unit unit, String path);

    /** Whether the unit is in the table, whatever it was made of. */
    default boolean has(Unit unit) {
      return false;
    }

    /** The state in which a source that is no file was when the unit was read; empty if unknown. */
    default Optional<String> version(Unit unit, String source) {
      return Optional.empty();
    }
  }

  /**
   * The columns that the table gets, found without reading a row.
   *
   * @param session on a branch that has every table of the pipeline as it is declared
   * @param range an interval of the run; empty for a table without intervals
   * @throws io.afp.core.error.AfpException if the definition does not fit what it reads
   */
  default StructType analyze(SparkSession session, TableDef table, Optional<Interval> range) {
    return session.table(table.name().toString()).schema();
  }

  /**
   * The columns that the source of a table has, found before its rows are read; empty for a layer
   * that reads none.
   *
   * @throws io.afp.core.error.AfpException if the source can't be looked at
   */
  default Optional<SourceColumns> columns(StepInputs step) {
    return Optional.empty();
  }

  /**
   * Writes the units of a step to its table, on the branch of the run.
   *
   * @return what happened; it is recorded in the ledger when this returns
   */
  Filled fill(StepContext step);
}
