package io.afp.core.job;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.afp.core.definition.Interval;
import io.afp.core.definition.TableName;
import io.afp.core.definition.WriteDef.WriteMode;
import io.afp.core.lake.Contract.Conformed;
import io.afp.core.lake.LakeTables;
import io.afp.core.lake.TableWriter;
import io.afp.core.lake.Written;
import io.afp.core.spi.Inputs.FileInput;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * The rows that a step keeps beside its table. What it writes takes the place of what is there of
 * the same range or, where earlier rows of the table stay, of the same files and records.
 */
final class SideRows {

  private static final String[] FILE = {"file"};

  private final StepRunner step;
  private final TableWriter writer;
  private final Set<TableName> wrote;
  private final TableName table;

  SideRows(StepRunner step, TableWriter writer, Set<TableName> wrote, TableName table) {
    this.step = step;
    this.writer = writer;
    this.wrote = wrote;
    this.table = table;
  }

  TableName table() {
    return table;
  }

  /**
   * Stores rows, if there are any or were any before.
   *
   * @param rows computed only if they are stored
   * @param counted how many there are
   * @param stay whether earlier rows stay beside them: all but those of the files that were read
   * @return how many were stored
   */
  long store(Supplier<Dataset<Row>> rows, long counted, Optional<Interval> range, boolean stay) {
    if (stay && allStay()) {
      return counted > 0 ? append(rows.get()) : 0;
    }
    if (stay) {
      return counted > 0 || hasSomeOfFiles() ? add(rows.get()) : 0;
    }
    if (counted > 0) {
      return replace(rows.get(), ofRange(range)).rows();
    }
    delete(range);
    return 0;
  }

  /**
   * Stores rows beside the earlier ones that stay.
   *
   * @param rows computed only if they are stored
   * @param counted how many there are
   * @param others those of the earlier rows that stay
   * @return how many were stored
   */
  long storeBeside(Supplier<Dataset<Row>> rows, long counted, UnaryOperator<Dataset<Row>> others) {
    if (counted == 0) {
      keep(others);
      return 0;
    }
    Dataset<Row> fresh = rows.get().persist();
    try {
      Dataset<Row> all =
          earlier().map(found -> fresh.unionByName(others.apply(found), true)).orElse(fresh);
      replace(all, lit(true));
      return fresh.count();
    } finally {
      fresh.unpersist();
    }
  }

  /** Takes out all of the earlier rows but those that stay. */
  void keep(UnaryOperator<Dataset<Row>> others) {
    earlier()
        .ifPresent(
            found -> {
              Dataset<Row> staying = others.apply(found);
              if (staying.count() < found.count()) {
                replace(staying, lit(true));
              }
            });
  }

  /** What is there already; empty where that is no row. */
  private Optional<Dataset<Row>> earlier() {
    return there().filter(rows -> !rows.isEmpty());
  }

  private Optional<Dataset<Row>> there() {
    return new LakeTables(step.session())
        .find(table)
        .map(found -> step.session().table(table.toString()));
  }

  /** Takes out those of a range, or of the files that were read where earlier rows stay. */
  void clear(Optional<Interval> range, boolean stay) {
    if (stay) {
      deleteOfFiles();
    } else {
      delete(range);
    }
  }

  /** Replaces those that obey a filter, which tells whole units apart. */
  Written replace(Dataset<Row> rows, Column filter) {
    wrote.add(table);
    return writer.replaceBeside(table, rows, filter, Conformed.INTERVAL_START);
  }

  /**
   * Puts rows that were judged once more in the place of those that obey a filter.
   *
   * @param moment the column that says when a row was judged: it stays where the reasons do
   */
  void judgedAgain(Dataset<Row> rows, Column filter, String moment) {
    Dataset<Row> stored = step.session().table(table.toString()).filter(filter);
    replace(new JudgedBefore(stored, moment).dated(rows.filter(filter)), filter);
  }

  private void delete(Optional<Interval> range) {
    if (writer.deleteBeside(table, ofRange(range))) {
      wrote.add(table);
    }
  }

  /**
   * Whether nothing is read that may have been read before, so that no earlier row is looked at.
   */
  private boolean allStay() {
    return step.keepsEarlierFiles() ? step.loadedAgain().isEmpty() : !readsAgain();
  }

  private long append(Dataset<Row> rows) {
    wrote.add(table);
    return writer.appendBeside(table, rows, Conformed.INTERVAL_START).rows();
  }

  /** Adds rows to those that stay; they are computed once. */
  private long add(Dataset<Row> rows) {
    Dataset<Row> fresh = rows.persist();
    try {
      replace(withEarlier(fresh), lit(true));
      return fresh.count();
    } finally {
      fresh.unpersist();
    }
  }

  private Dataset<Row> withEarlier(Dataset<Row> fresh) {
    return there().map(earlier -> fresh.unionByName(staying(earlier, fresh), true)).orElse(fresh);
  }

  private Dataset<Row> staying(Dataset<Row> earlier, Dataset<Row> fresh) {
    if (step.keepsEarlierFiles()) {
      return ofOtherFiles(earlier);
    }
    String[] record = {"record"};
    return readsAgain() ? earlier.join(fresh.select("record"), record, "left_anti") : earlier;
  }

  private void deleteOfFiles() {
    if (!allStay() && hasSomeOfFiles()) {
      replace(ofOtherFiles(step.session().table(table.toString())), lit(true));
    }
  }

  private Dataset<Row> ofOtherFiles(Dataset<Row> earlier) {
    return earlier.join(files(), FILE, "left_anti");
  }

  /** Whether the files that were read have left some before. */
  private boolean hasSomeOfFiles() {
    return step.keepsEarlierFiles()
        && there().filter(rows -> !rows.join(files(), FILE, "left_semi").isEmpty()).isPresent();
  }

  private Dataset<Row> files() {
    List<String> addresses =
        step.inputs().files().values().stream()
            .flatMap(List::stream)
            .map(FileInput::address)
            .toList();
    return step.session().createDataset(addresses, Encoders.STRING()).toDF(FILE);
  }

  /**
   * Whether equal records are one that was read twice: append reads none twice, and where values
   * are kept out, records of several rows may look the same.
   */
  private boolean readsAgain() {
    return step.table().write().mode() != WriteMode.APPEND && !step.table().keepsValuesOut();
  }

  /** Rows with the start of the unit that they are of; of a range at least its own. */
  Dataset<Row> withStart(Dataset<Row> rows, Optional<Interval> range) {
    Column known = col(Conformed.INTERVAL_START);
    Column start =
        range.map(r -> coalesce(known, lit(bounds(r).start()))).orElse(known.cast("timestamp"));
    return rows.withColumn(Conformed.INTERVAL_START, start);
  }

  private Interval.Bounds bounds(Interval range) {
    return range.boundsFor(step.table().intervalColumn().orElseThrow().type().kind());
  }

  /** Those of a range; all without one. */
  Column ofRange(Optional<Interval> range) {
    Column start = col(Conformed.INTERVAL_START);
    return range
        .map(this::bounds)
        .map(b -> start.geq(lit(b.start())).and(start.lt(lit(b.end()))))
        .orElse(lit(true));
  }
}
