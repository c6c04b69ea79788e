package io.afp.observe.lineage;

import io.afp.core.definition.FileSourceDef;
import io.afp.core.definition.PipelineDef;
import io.afp.core.settings.Addresses;
import io.afp.core.spi.Inputs;
import java.util.Collection;
import java.util.List;

/** The files of a source as one dataset: the folder in which all of them lie, or the only file. */
record SourceFiles(PipelineDef pipeline, FileSourceDef source, List<Inputs.FileInput> files) {

  static SourceFiles of(PipelineDef pipeline, FileSourceDef source, Inputs inputs) {
    return new SourceFiles(
        pipeline, source, inputs.files().values().stream().flatMap(Collection::stream).toList());
  }

  DatasetName name() {
    String pattern = source.files();
    String fixed = pattern.split("[*?\\[{$]", 2)[0];
    String place = fixed.equals(pattern) ? fixed : fixed.substring(0, fixed.lastIndexOf('/') + 1);
    return DatasetName.of(
        Addresses.hasScheme(place)
            ? place
            : "file:" + pipeline.folder().toAbsolutePath().resolve(place).normalize());
  }

  long bytes() {
    return files.stream().mapToLong(file -> file.stamp().size()).sum();
  }
}
