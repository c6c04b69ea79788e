package io.afp.core.definition;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.Optional;

/**
 * A pipeline as it is defined: what {@code pipeline.yaml} and the files under {@code tables/} say.
 *
 * @param name the pipeline, unique in a ledger
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
  public record Freshness(Period days, Duration time) {}

  /** Starts a pipeline in Java. */
  public static PipelineBuilder named(String name) {
    return new PipelineBuilder(name);
  }

  /** The table with this name. */
  public Optional<TableDef> table(TableName name) {
    return tables.stream().filter(t -> t.name().equals(name)).findFirst();
  }
}
