package io.afp.cli;

import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.TableDef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The tasks of a DAG that are jobs. */
final class DagTasks {

  private DagTasks() {}

  /** How much of a pipeline a task is. */
  enum By {
    PIPELINE,
    LAYER
  }

  /** The jobs in their order; each is the name of a task too, but for that of all layers. */
  static List<String> jobs(PipelineDef pipeline, By by) {
    if (by == By.PIPELINE) {
      return List.of("pipeline");
    }
    List<String> jobs = new ArrayList<>();
    add(jobs, "ingestion", pipeline, TableDef::source);
    add(jobs, "transform", pipeline, TableDef::model);
    jobs.add("quality");
    add(jobs, "serving", pipeline, TableDef::serve);
    return jobs;
  }

  private static void add(
      List<String> jobs, String job, PipelineDef pipeline, Function<TableDef, Optional<?>> part) {
    if (pipeline.tables().stream().anyMatch(table -> part.apply(table).isPresent())) {
      jobs.add(job);
    }
  }

  /** Whether a job makes the tables of a run visible. */
  static boolean publishes(String job) {
    return job.equals("pipeline") || job.equals("quality");
  }
}
