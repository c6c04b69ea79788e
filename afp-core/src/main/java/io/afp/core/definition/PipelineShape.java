package io.afp.core.definition;

import io.afp.core.definition.PipelineDef.Freshness;
import io.afp.core.definition.PipelineDef.Sla;
import io.afp.core.yaml.Field;
import io.afp.core.yaml.Fields;
import io.afp.core.yaml.Reading;
import io.afp.core.yaml.Scalar;
import io.afp.core.yaml.Shape;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** What a {@code pipeline.yaml} may hold. */
final class PipelineShape {

  private static final Field<IntervalUnit> UNIT =
      Field.required(
          "unit", Scalar.choice(IntervalUnit.class), "The unit of time that a run works on");
  private static final Field<ZoneId> ZONE =
      Field.withDefault(
          "zone", Scalars.ZONE, "Z", "The time zone whose calendar cuts the time; `Z` is UTC");
  private static final Shape<IntervalDef> INTERVAL_SHAPE =
      new Fields<>(
          "a mapping such as { unit: month, zone: UTC }",
          List.of(UNIT, ZONE),
          r -> new IntervalDef(r.get(UNIT), r.get(ZONE)));

  private static final Field<Freshness> FRESHNESS =
      Field.optional(
          "freshness",
          Scalars.FRESHNESS,
          "How long after the end of an interval its data may be published");
  private static final Field<Duration> DURATION =
      Field.optional("duration", Scalars.DURATION, "How long a run may take");
  private static final Shape<Sla> SLA_SHAPE =
      new Fields<>(
          "a mapping such as { freshness: P3D, duration: PT30M }",
          List.of(FRESHNESS, DURATION),
          r -> new Sla(r.find(FRESHNESS), r.find(DURATION)));

  private static final Field<String> PIPELINE =
      Field.required(
              "pipeline",
              Scalars.IDENTIFIER,
              "The name of the pipeline; unique in the project, and in the ledger")
          .standIn("unnamed");
  private static final Field<String> DESCRIPTION =
      Field.optional("description", Scalars.TEXT, "What the pipeline is for");
  private static final Field<String> OWNER =
      Field.optional("owner", Scalars.TEXT, "Who answers for the pipeline");
  private static final Field<IntervalDef> INTERVAL =
      Field.optional("interval", INTERVAL_SHAPE, "The slices of time that runs work on")
          .otherwise("the pipeline has no interval");
  private static final Field<String> SCHEDULE =
      Field.optional("schedule", Scalars.CRON, "When an orchestrator starts a run, as cron has it");
  private static final Field<Sla> SLA = Field.optional("sla", SLA_SHAPE, "What the owner promises");
  private static final Field<AirflowDef> AIRFLOW =
      AirflowShape.field("How Airflow runs it; key by key over that of `afp.yaml`");

  static final Fields<Draft> SHAPE =
      new Fields<>(
          "the keys of a pipeline",
          List.of(PIPELINE, DESCRIPTION, OWNER, INTERVAL, SCHEDULE, SLA, AIRFLOW),
          Draft::of);

  private PipelineShape() {}

  /** A pipeline without its folder and its tables. */
  record Draft(
      String name,
      Optional<String> description,
      Optional<String> owner,
      Optional<IntervalDef> interval,
      Optional<String> schedule,
      Optional<Sla> sla,
      AirflowDef airflow) {

    private static Draft of(Reading r) {
      return new Draft(
          r.get(PIPELINE),
          r.find(DESCRIPTION),
          r.find(OWNER),
          r.find(INTERVAL),
          r.find(SCHEDULE),
          r.find(SLA),
          r.get(AIRFLOW));
    }

    PipelineDef in(Path folder, List<TableDef> tables) {
      return new PipelineDef(
          name, description, owner, interval, schedule, sla, airflow, folder, tables);
    }
  }
}
