package io.afp.core.spi;

import io.afp.core.definition.Interval;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.definition.Unit;
import io.afp.core.drift.SourceColumns;
import io.afp.core.error.Problem;
import io.afp.core.lake.Contract;
import io.afp.core.lake.Contract.Conformed;
import io.afp.core.lake.Written;
import io.afp.core.ledger.Watermark;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a stage needs to fill one table, on the branch of the run. */
public interface StepContext extends StepInputs {

  PipelineDef pipeline();

  /**
   * Holds the columns of a source against the declaration and against those that it had before, as
   * {@code drift} of the table says. Called once, with the columns of all that the step reads,
   * before anything is written; publish records what changed.
   *
   * @return the table as it is to be loaded: with columns that the source brought
   * @throws io.afp.core.error.AfpException with one problem for each difference that stops the run
   */
  TableDef settle(SourceColumns found);

  /**
   * The contract of the source that fills the table, which also knows how personal values are kept
   * out of it.
   *
   * @param settled the table as it is to be loaded
   * @param nullValues texts that stand for null
   */
  Contract contract(TableDef settled, List<String> nullValues);

  /**
   * Writes rows to the table of this step in its write mode, and measures its metrics in the same
   * pass.
   *
   * @param rows the columns of the contract, in any order
   * @param range the range of time that these rows are all of; empty for the whole table
   */
  Written write(Dataset<Row> rows, Optional<Interval> range);

  /**
   * Writes the rows of a source that obey their contract, and stores the others with their reasons
   * in the table's rejects. The rejects cost a second pass only if there are any.
   */
  Filled write(Conformed rows, Optional<Interval> range);

  /**
   * How far the source was read for the rows that the table has; empty when all of it is to be
   * read: for the first time, by a full refresh, or because rows that merge are defined anew.
   */
  Optional<Watermark> watermark();

  /**
   * Says how far a source was read that is no file: it is published with the rows.
   *
   * @param source the state that was found, in place of that of the plan
   */
  void hasRead(Inputs.SourceInput source, Mark mark);

  /**
   * Says in which state a unit of the source was when it was read.
   *
   * @param source takes the place of that of the plan
   */
  void hasRead(Unit unit, Inputs.SourceInput source);

  /**
   * A watermark.
   *
   * @param source which source and column it is of
   * @param value the greatest value that was read
   */
  record Mark(String source, String value) {}

  /** Has the run say something that does not stop it. */
  void warn(Problem warning);

  /** Makes the table of this step a view of its query, which gives the declared columns. */
  void makeView();

  /**
   * Says that the step read these tables: publish is refused if main moves one of them meanwhile.
   */
  void markRead(Collection<TableName> tables);
}
