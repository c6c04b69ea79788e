package io.afp.core.definition;

import io.afp.core.error.AfpException;
import io.afp.core.error.Problem;
import java.util.List;
import java.util.Optional;

/**
 * A definition that was read, and what was found on the way.
 *
 * @param definition the pipeline; empty if one of the problems is an error
 * @param problems errors and warnings of all files, in the order of files and lines
 */
public record CheckedPipeline(Optional<PipelineDef> definition, List<Problem> problems) {

  public CheckedPipeline {
    problems = List.copyOf(problems);
  }

  /** The problems that stop nothing. */
  public List<Problem> warnings() {
    return problems.stream().filter(p -> p.severity() == Problem.Severity.WARNING).toList();
  }

  /**
   * The pipeline.
   *
   * @throws AfpException with all problems, if one of them is an error
   */
  public PipelineDef orThrow() {
    return definition.orElseThrow(() -> AfpException.of(problems));
  }
}
