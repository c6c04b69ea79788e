package io.afp.core.definition;

import io.afp.core.error.Problem;
import java.util.List;
import java.util.stream.Stream;

/**
 * The pipelines of a project that were read together.
 *
 * @param pipelines in the order in which they were asked for
 * @param problems those of the pipelines, and of pipelines with each other
 */
public record CheckedProject(List<CheckedPipeline> pipelines, List<Problem> problems) {

  public CheckedProject {
    pipelines = List.copyOf(pipelines);
    problems = List.copyOf(problems);
  }

  /** The tables of the pipelines that could be read. */
  public Stream<TableDef> tables() {
    return pipelines.stream()
        .flatMap(pipeline -> pipeline.definition().stream())
        .flatMap(pipeline -> pipeline.tables().stream());
  }
}
