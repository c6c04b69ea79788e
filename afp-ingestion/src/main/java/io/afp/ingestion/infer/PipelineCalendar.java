package io.afp.ingestion.infer;

import io.afp.core.definition.IntervalDef;
import io.afp.core.definition.PipelineReader;
import io.afp.core.definition.Project;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is known of the intervals of the pipeline that a table is for.
 *
 * @param interval that of the pipeline; empty if it has none
 * @param isOpen whether there is no pipeline yet, so that it may get any
 */
record PipelineCalendar(Optional<IntervalDef> interval, boolean isOpen) {

  /** That of the pipeline in a folder, which need not be there yet; null if none is known. */
  static PipelineCalendar of(Path folder) {
    boolean isThere = folder != null && Files.isRegularFile(folder.resolve(Project.PIPELINE_FILE));
    return isThere
        ? new PipelineCalendar(PipelineReader.calendar(folder), false)
        : new PipelineCalendar(Optional.empty(), true);
  }
}
