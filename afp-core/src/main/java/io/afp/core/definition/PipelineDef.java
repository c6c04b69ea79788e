package io.afp.core.definition;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.Optional;

/**
 * A pipeline as it is defined: what {@code pipeline.yaml} and the files under {@code tables/} say.
 *
 * @param name the pipeline, unique in a ledger
 * @param airflow how Airflow runs it
 * @param folder the folder of the definition; relative paths of sources start here
 * @param tables the tables in the order of their names
 */
public record PipelineDef(
    String name,
    Optional<String> description,
    Optional<String> owner,
    Optional<IntervalDef> interval,
    Optional<String> schedule,
    Optional<Sla> sla,
    AirflowDef airflow,
    Path folder,
    List<TableDef> tables) {

  public PipelineDef {
    tables = List.copyOf(tables);
  }

  /**
   * What the owner promises.
   *
   * @param freshness how long after the end of an interval its data may be published
   * @param duration how long a run may take
   */
  public record Sla(Optional<Freshness> freshness, Optional<Duration> duration) {}

  /** A length of time in days and hours, such as {@code P3D} or {@code P1DT6H}. */
  public record Freshness(Period days, Duration time) {

    /** In ISO-8601. */
    @Override
    public String toString() {
      if (time.isZero()) {
        return days.toString();
      }
      return days.isZero() ? time.toString() : days + time.toString().substring(1);
    }
  }

  /** Starts a pipeline in Java. */
  public static PipelineBuilder named(String name) {
    return new PipelineBuilder(name);
  }

  /**
   * The interval that a caller names for this pipeline.
   *
   * @throws AfpException if it is not whole units of the pipeline, if none is named where there
   *     must be one, or one where there is none
   */
  public Optional<Interval> requested(Optional<String> text) {
    if (interval.isEmpty() && text.isEmpty()) {
      return Optional.empty();
    }
    if (interval.isEmpty()) {
      throw wrongInterval(
          " for an interval: it declares none",
          "Leave --interval out, or declare `interval: { unit: month }` in pipeline.yaml.");
    }
    if (text.isEmpty()) {
      throw wrongInterval(
          ": it works on intervals and none is named",
          "Give --interval, such as --interval 2013-03 for a month.");
    }
    try {
      return Optional.of(Interval.parse(text.get(), interval.get()));
    } catch (IllegalArgumentException e) {
      throw wrongInterval(
          " for interval %s: %s".formatted(text.get(), e.getMessage()),
          "Name whole units of the pipeline, such as --interval 2013-03 for a month.");
    }
  }

  private AfpException wrongInterval(String why, String fix) {
    return new AfpException(ErrorCode.INTERVAL_WRONG, "Cannot run pipeline " + name + why, fix);
  }

  /** The table with this name. */
  public Optional<TableDef> table(TableName name) {
    return tables.stream().filter(t -> t.name().equals(name)).findFirst();
  }
}
