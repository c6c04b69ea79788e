package io.afp.ingestion.jdbc;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.HistoryColumns;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.WriteDef.WriteMode;
import io.afp.core.spi.StepContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of a table that its source has no longer, as rows that delete them. In an {@code upsert}
 * table such a row has the time of the row that it deletes, so that any newer row of the source
 * brings the key back; a history ends when it is noticed.
 */
final class MissingKeys {

  private static final Logger log = LoggerFactory.getLogger(MissingKeys.class);

  private final StepContext step;
  private final SourceSession session;
  private final TableDef table;
  private final Instant now;

  /**
   * The missing keys of a step.
   *
   * @param table as it is loaded
   */
  MissingKeys(StepContext step, SourceSession session, TableDef table, Instant now) {
    this.step = step;
    this.session = session;
    this.table = table;
    this.now = now;
  }

  /** Deletes them; the rows of the source are in the table already. */
  void delete() {
    Dataset<Row> deletions = deletions().persist(StorageLevel.MEMORY_AND_DISK());
    try {
      long count = deletions.count();
      if (count > 0) {
        log.info("{}: {} keys are not in the source any more", table.name(), count);
        step.write(deletions, Optional.empty());
      }
    } finally {
      deletions.unpersist();
    }
  }

  private Dataset<Row> deletions() {
    Dataset<Row> there = step.session().table(table.name().toString());
    Dataset<Row> living = isHistory() ? there.filter(col(HistoryColumns.IS_CURRENT)) : there;
    Column[] columns = table.givenColumns().stream().map(this::value).toArray(Column[]::new);
    return living.join(keys(), key(), "left_anti").select(columns);
  }

  private boolean isHistory() {
    return table.write().mode() == WriteMode.SCD2;
  }

  private Dataset<Row> keys() {
    return step.contract(table.onlyKey(), List.of())
        .conform(JdbcRows.keys(session).read(step.session()))
        .accepted();
  }

  private String[] key() {
    return table.key().toArray(String[]::new);
  }

  private Column value(ColumnDef column) {
    String name = column.name();
    if (table.key().contains(name)) {
      return col(name);
    }
    if (table.write().deleteFlag().filter(name::equals).isPresent()) {
      return lit(true).as(name);
    }
    return table.write().asOf().filter(name::equals).isPresent()
        ? time(column).as(name)
        : lit(null).cast(column.type().sql()).as(name);
  }

  private Column time(ColumnDef column) {
    return isHistory()
        ? greatest(lit(now).cast(column.type().sql()), col(HistoryColumns.VALID_FROM))
        : col(column.name());
  }
}
