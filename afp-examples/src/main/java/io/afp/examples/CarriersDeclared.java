package io.afp.examples;

import io.afp.core.definition.CheckBuilder;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.TableDef;
import io.afp.core.job.Job;
import java.nio.file.Path;

/** The first door: the builders give the same definition as the YAML, and the same job runs it. */
public final class CarriersDeclared {

  private CarriersDeclared() {}

  /** A pipeline with one source and one model, reading the data of the example flights. */
  public static PipelineDef pipeline(Path flights) {
    return PipelineDef.named("carriers_declared")
        .folder(flights)
        .table(
            TableDef.named("declared.carriers")
                .fromCsv("data/airlines.csv.gz", csv -> csv.nullValues("NA"))
                .column("carrier", "string", c -> c.required())
                .column("name", "string", c -> c.required())
                .key("carrier")
                .check(CheckBuilder.rowsFrom(1)))
        .table(
            TableDef.named("declared.name_lengths")
                .sql(
                    "select length(name) as length, count(*) as carriers from declared.carriers group by 1")
                .column("length", "int")
                .column("carriers", "long")
                .key("length"))
        .build();
  }

  /** Takes the arguments of every job; run it by spark-submit. */
  public static void main(String[] args) {
    Job.of(pipeline(Path.of("afp-examples/flights"))).main(args);
  }
}
