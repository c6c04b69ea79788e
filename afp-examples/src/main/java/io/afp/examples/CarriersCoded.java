package io.afp.examples;

import static io.afp.ingestion.file.FileSource.csv;

import io.afp.core.definition.TableDef;
import io.afp.core.job.Job;
import io.afp.core.job.JobRun;
import io.afp.core.lake.Contract.Conformed;

/**
 * The second door: a program of one's own between the opening of a run and its gate, publish and
 * serving.
 */
public final class CarriersCoded {

  /** The contract of the table that the program fills. */
  static final TableDef CARRIERS =
      TableDef.named("coded.carriers")
          .inJava()
          .column("carrier", "string", c -> c.required())
          .column("name", "string", c -> c.required())
          .key("carrier")
          .serve("coded.carriers")
          .build();

  private CarriersCoded() {}

  /** Reads the carriers strictly and replaces the table; what does not fit is stored as rejects. */
  static void fill(JobRun run, String files) {
    Conformed carriers = run.read(csv(files, CARRIERS)).conform(CARRIERS, "NA");
    run.table(CARRIERS).replace(carriers, run.interval());
  }

  /** Takes the arguments of every job; run it by spark-submit. */
  public static void main(String[] args) {
    Job.named("carriers_coded")
        .main(args, run -> fill(run, "afp-examples/flights/data/airlines.csv.gz"));
  }
}
