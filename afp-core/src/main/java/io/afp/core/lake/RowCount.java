package io.afp.core.lake;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.afp.core.lake.RecordPlaces.Place;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.apache.spark.util.AccumulatorV2;

/**
 * Counts rows where a condition is judged, in the code that Spark generates for that, so that they
 * need not be put together in between. What is computed again, because a stage is repeated or a
 * sort looks at its rows first, is counted once.
 *
 * <p>It is public because code that Spark generates calls it.
 */
public final class RowCount extends AccumulatorV2<Boolean, RowCount.Counts> {

  private static final long serialVersionUID = 1L;
  private static final long UNKNOWN = -1;

  private final Map<Integer, Part> parts = new HashMap<>();
  private RecordPlaces places = new RecordPlaces();
  private int partition;
  private long all;
  private long matching;

  /** What was counted: all rows, and those for which the condition held. */
  public record Counts(long all, long matching) implements Serializable {

    private Counts plus(Counts other) {
      return new Counts(all + other.all, matching + other.matching);
    }
  }

  /** What was counted in a partition, and where the records of the matching rows begin. */
  private record Part(Counts counts, RecordPlaces places) implements Serializable {

    private Part larger(Part other) {
      return counts.all < other.counts.all ? other : this;
    }
  }

  /** A condition whose rows are counted. */
  Column of(Column condition, SparkSession session) {
    return counting(session, condition);
  }

  /** The same of rows that are made of a record each, and say where it begins. */
  Column ofRecords(Column condition, SparkSession session) {
    Column offset = coalesce(col(RawRows.OFFSET), lit(UNKNOWN));
    Column line = coalesce(col(RawRows.LINE), lit(UNKNOWN));
    return counting(session, condition, col(RawRows.FILE), offset, line);
  }

  private Column counting(SparkSession session, Column... arguments) {
    if (!isRegistered()) {
      session.sparkContext().register(this);
    }
    return Native.run(this, "counted", List.of(arguments), DataTypes.BooleanType);
  }

  /** Counts a row, and gives back whether the condition holds for it. */
  public boolean counted(boolean holds) {
    return counted(holds, null, UNKNOWN, UNKNOWN);
  }

  /** Counts the row of a record, and gives back whether the condition holds for it. */
  public boolean counted(boolean holds, UTF8String file, long offset, long line) {
    if (all == 0) {
      partition = TaskContext.getPartitionId();
    }
    all++;
    if (holds) {
      matching++;
      if (offset == UNKNOWN || line == UNKNOWN) {
        places.addUnknown();
      } else {
        places.add(file.toString(), new Place(offset, line));
      }
    }
    return holds;
  }

  @Override
  public void add(Boolean holds) {
    counted(holds);
  }

  @Override
  public void merge(AccumulatorV2<Boolean, Counts> other) {
    RowCount more = (RowCount) other;
    more.parts.forEach(this::put);
    if (more.all > 0) {
      put(more.partition, new Part(more.own(), more.places));
    }
  }

  /** The places of all parts together are no more than those of one may be. */
  private void put(int of, Part part) {
    parts.merge(of, part, Part::larger);
    if (parts.values().stream().mapToLong(p -> p.places().size()).sum() > RecordPlaces.MOST) {
      parts.replaceAll((number, each) -> new Part(each.counts(), RecordPlaces.unknown()));
    }
  }

  private Counts own() {
    return new Counts(all, matching);
  }

  /** What was counted so far; all of it after the action on the rows has ended well. */
  @Override
  public Counts value() {
    return parts.values().stream().map(Part::counts).reduce(own(), Counts::plus);
  }

  /** Where the records of the matching rows begin; empty where that is not known of all. */
  public Optional<RecordPlaces> places() {
    RecordPlaces all = new RecordPlaces();
    all.addAll(places);
    parts.values().forEach(part -> all.addAll(part.places()));
    return Optional.of(all).filter(RecordPlaces::areKnown);
  }

  @Override
  public boolean isZero() {
    return all == 0 && parts.isEmpty();
  }

  @Override
  public RowCount copy() {
    RowCount copy = new RowCount();
    copy.parts.putAll(parts);
    copy.places.addAll(places);
    copy.partition = partition;
    copy.all = all;
    copy.matching = matching;
    return copy;
  }

  @Override
  public void reset() {
    parts.clear();
    places = new RecordPlaces();
    all = 0;
    matching = 0;
  }

  /** What plans show. */
  @Override
  public String toString() {
    return "count";
  }
}
