package io.afp.core.definition;

import io.afp.core.error.AfpException;
import io.afp.core.error.Problem;
import io.afp.core.error.Problems;
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

  /**
   * The definitions of the pipelines.
   *
   * @throws AfpException with all problems, if one of them is an error
   */
  public List<PipelineDef> orThrow() {
    Problems found = new Problems();
    found.addAll(problems);
    found.throwIfErrors();
    return pipelines.stream().map(CheckedPipeline::orThrow).toList();
  }

  /** The tables of the pipelines that could be read. */
  public Stream<TableDef> tables() {
    return pipelines.stream()
        .flatMap(pipeline -> pipeline.definition().stream())
        .flatMap(pipeline -> pipeline.tables().stream());
  }
}
