package io.afp.core.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.afp.core.definition.ColumnType.Kind;
import io.afp.core.definition.FileSourceDef;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.Unit;
import io.afp.core.lake.Contract;
import io.afp.core.lake.Contract.Conformed;
import io.afp.core.lake.KeyedHash;
import io.afp.core.lake.LakeTables;
import io.afp.core.lake.Rejudged;
import io.afp.core.lake.WriteObserver;
import io.afp.core.ledger.StepUnit;
import io.afp.core.spi.Filled;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Judges rows that are kept beside a table by the contract or the checks of today, in place of what
 * fills it.
 *
 * @param rows which rows
 * @param observers know the checks of today
 * @param hash what is written in place of personal values that are hashed; empty without a key
 * @param units those whose rejects are judged
 */
record Replay(
    SparkSession session,
    TableDef table,
    KeptOut rows,
    Optional<KeyedHash> hash,
    List<WriteObserver> observers,
    List<Unit> units) {

  /** What a replay did. */
  record Outcome(Filled filled, List<StepUnit> units) {}

  /**
   * The rejects as they are now.
   *
   * @param signed adds the columns that say who judged them
   */
  Rejudged judge(UnaryOperator<Dataset<Row>> signed) {
    List<String> nullValues = table.fileSource().map(FileSourceDef::nullValues).orElse(List.of());
    Dataset<Row> stored = session.table(rows.of(table.name()).toString());
    TableDef today = new LakeTables(session).evolved(table);
    if (rows == KeptOut.QUARANTINE) {
      return Rejudged.ofQuarantine(table, today, observers, stored, units, signed);
    }
    return Rejudged.of(table, new Contract(today, nullValues, hash), stored, units, signed);
  }

  /**
   * Moves what fits into the table, and keeps the others with the reasons of today. What is as it
   * was is not written.
   */
  Outcome perform(StepRunner step, Judged side, List<StepUnit> done) {
    Rejudged judged = judge(side::signed);
    judged.warnings().forEach(step::warn);
    if (!judged.fits().isEmpty()) {
      step.add(judged.fitting());
    }
    Filled filled = new Filled(judged.all(), judged.stays(), List.of());
    if (!judged.changed().isEmpty()) {
      filled = side.replace(judged, of(judged.changed()), of(labels()));
    }
    return new Outcome(
        filled, done.stream().filter(u -> judged.fits().containsKey(u.unit().label())).toList());
  }

  private Set<String> labels() {
    return units.stream().map(Unit::label).collect(Collectors.toSet());
  }

  /** The rejects of some units. */
  private Column of(Set<String> labels) {
    if (!table.hasInterval()) {
      return lit(true);
    }
    Kind kind = table.intervalColumn().orElseThrow().type().kind();
    Object[] starts =
        units.stream()
            .filter(unit -> labels.contains(unit.label()))
            .map(unit -> unit.interval().orElseThrow().boundsFor(kind).start())
            .toArray();
    return col(Conformed.INTERVAL_START).isin(starts);
  }
}
