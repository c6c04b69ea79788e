package io.afp.core.definition;

import io.afp.core.yaml.Fields;

/**
 * The declarations of the files of a pipeline, for the tests that make pages and schemas of them.
 */
public final class DefinitionShapes {

  public static final Fields<?> PIPELINE = PipelineShape.SHAPE;
  public static final Fields<?> TABLE = TableShape.SHAPE;
  public static final Fields<?> CHECKS = ChecksShape.SHAPE;

  private DefinitionShapes() {}
}
