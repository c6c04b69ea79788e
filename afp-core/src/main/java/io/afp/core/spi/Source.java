package io.afp.core.spi;

import io.afp.core.definition.Interval;
import io.afp.core.definition.TableDef;
import io.afp.core.settings.ConnectionSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Fills a table from what is neither files nor a database. The file of the table names the class:
 * {@code from: { custom: com.acme.Rates }}; columns, contract, rejects, checks and write mode are
 * declared there as for any source.
 *
 * <p>A source is public and has a public constructor without arguments. It is made anew each time
 * it is asked, and keeps nothing. What it throws ends the run: an {@link
 * io.afp.core.error.AfpException} as it is, anything else as AFP-ING-007, which is worth another
 * try.
 */
public interface Source {

  /**
   * The rows of one range of time, or of the whole table, with a column for each field. A field is
   * a text, which the contract parses, or a value of a type that fits; a row that breaks the
   * contract, or lies outside of the range, is rejected.
   *
   * <p>Called once for each range that a run writes. Rows may be read here already or when Spark
   * asks for them, perhaps twice: then they must be the same.
   */
  Dataset<Row> rows(SparkSession session, Asked asked) throws Exception;

  /**
   * The state in which the source is, another one for other rows: a tag, a number, a time of
   * change. Called for each unit while a run is planned, before Spark is started. A unit that is
   * done is read again, as {@code on_change} says, when its state is not that of then.
   *
   * <p>Empty where the source can't tell: then an interval is read once, and a table without
   * intervals by each run.
   */
  default Optional<String> version(Asked asked) throws Exception {
    return Optional.empty();
  }

  /**
   * What is asked.
   *
   * @param table as it is declared
   * @param folder that of the pipeline
   * @param interval the range of time; empty for a table without {@code interval_column}
   * @param arguments as they are declared
   * @param connections those of {@code afp.yaml} by their names, with their secrets
   */
  record Asked(
      TableDef table,
      Path folder,
      Optional<Interval> interval,
      Map<String, String> arguments,
      Map<String, ConnectionSettings> connections) {

    public Asked {
      arguments = Map.copyOf(arguments);
      connections = Map.copyOf(connections);
    }
  }
}
